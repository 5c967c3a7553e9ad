using System.Globalization;
using System.Text;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Writes the eighteen columns of the norm, or the seventeen and a side, as a dialect spells them.</summary>
/// <remarks>
/// Bytes go straight to a buffer as UTF-8, and through a transcoder where the dialect has another encoding: a file of
/// millions of lines is a matter of seconds. What repeats, an account with its names, is spelt once.
/// </remarks>
internal sealed class TextLedgerWriter : LedgerWriter
{
    // No line is longer: texts are ours, and short.
    private const int LongestLine = 4096;

    private readonly TextFormat format;
    private readonly Stream stream;
    private readonly byte[] buffer = new byte[1 << 17];
    private readonly byte[] lineEnd;
    private readonly HashSet<Account> spelt = [];
    private int written;

    public TextLedgerWriter(Stream stream, TextFormat format)
    {
        this.format = format;
        lineEnd = Encoding.ASCII.GetBytes(format.LineEnd);
        var encoding = Encoding.GetEncoding(format.Encoding);
        if (format.HasMark)
        {
            stream.Write(encoding.Preamble);
        }
        this.stream =
            format.Encoding == "utf-8" ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
        WriteHeader();
    }

    private void WriteHeader()
    {
        string[] names =
        [
            "JournalCode",
            "JournalLib",
            "EcritureNum",
            "EcritureDate",
            "CompteNum",
            "CompteLib",
            "CompAuxNum",
            "CompAuxLib",
            "PieceRef",
            "PieceDate",
            "EcritureLib",
            format.HasSide ? "Montant" : "Debit",
            format.HasSide ? "Sens" : "Credit",
            "EcritureLet",
            "DateLet",
            "ValidDate",
            "Montantdevise",
            "Idevise",
        ];
        for (var i = 0; i < names.Length; i++)
        {
            if (i > 0)
            {
                Separate();
            }
            Text(names[i]);
        }
        EndLine();
    }

    public override void Write(Entry entry)
    {
        var date = DateOnly.FromDayNumber(entry.Date);
        foreach (var line in entry.Lines)
        {
            if (buffer.Length - written < LongestLine)
            {
                Flush();
            }
            Field(entry.Journal.Code, 3);
            Field(entry.Journal.Label, 20);
            Number(entry, date.Year);
            Separate();
            Day(date);
            Separate();
            Spelling(line.Account).CopyTo(buffer, written);
            written += line.Account.Spelt!.Length;
            Field(line.Reference, 14);
            Day(DateOnly.FromDayNumber(line.DocumentDate));
            Separate();
            Field(line.Label, 60);
            Amounts(line.Amount);
            Field(line.Letter, 3);
            LetterDay(line);
            Separate();
            Day(ValidatedOn(date));
            Separate();
            Currency(line.Amount);
            EndLine();
        }
    }

    public override void Dispose()
    {
        Flush();
        stream.Flush();
        stream.Dispose();
        foreach (var account in spelt)
        {
            account.Spelt = null;
        }
    }

    private byte[] Spelling(Account account)
    {
        if (account.Spelt is null)
        {
            var start = written;
            var merged = format.IsAuxiliaryInAccount && account.Code.Length > 0;
            Field(
                merged ? account.Number[..3] + account.Code
                    : account.Number == "411000" ? format.Clients
                    : account.Number,
                16
            );
            Field(merged ? account.Name : account.Label, 50);
            Field(merged ? "" : account.Code, 12);
            Field(merged ? "" : account.Name, 50);
            account.Spelt = buffer[start..written];
            written = start;
            spelt.Add(account);
        }
        return account.Spelt;
    }

    private void Field(string text, int width)
    {
        Text(text);
        if (format.IsPadded)
        {
            Fill(width - text.Length, ' ');
        }
        Separate();
    }

    private void Text(string text)
    {
        if (format.HasNoLigatures)
        {
            text = text.Replace("œ", "oe", StringComparison.Ordinal).Replace("Œ", "OE", StringComparison.Ordinal);
        }
        written += Encoding.UTF8.GetBytes(text, buffer.AsSpan(written));
    }

    private void Number(Entry entry, int year)
    {
        if (format.HasLongNumbers)
        {
            Text(entry.Journal.Code);
            Byte('/');
            Digits(year, 4);
            Byte('/');
            Digits(entry.Number, 5);
        }
        else
        {
            Digits(entry.Number, format.IsPadded ? 8 : 1);
        }
    }

    private void Amounts(long amount)
    {
        if (format.HasSide)
        {
            Amount(Math.Abs(amount));
            Separate();
            Byte(amount < 0 ? 'C' : 'D');
        }
        else
        {
            Amount(Math.Max(0, amount));
            Separate();
            Amount(Math.Max(0, -amount));
        }
        Separate();
    }

    private void Amount(long cents)
    {
        var isLong = format.Amounts == AmountStyle.LongZeros && cents != 0;
        if (isLong)
        {
            Byte(' ');
        }
        Digits(
            cents / 100,
            isLong ? 15
                : format.Amounts == AmountStyle.Zeros ? 10
                : 1
        );
        Byte(',');
        Digits(cents % 100, 2);
    }

    private void Currency(long amount)
    {
        if (format.Amounts == AmountStyle.LongZeros)
        {
            Byte(amount < 0 ? '-' : ' ');
            Digits(Math.Abs(amount) / 100, 15);
            Byte(',');
            Digits(Math.Abs(amount) % 100, 2);
            Separate();
            Text("EUR");
        }
        else
        {
            Separate();
        }
    }

    private void LetterDay(Entry.Line line)
    {
        if (line.LetteredOn != 0)
        {
            Day(DateOnly.FromDayNumber(line.LetteredOn));
        }
        else if (format.IsPadded)
        {
            Fill(8, ' ');
        }
    }

    private void Day(DateOnly day) => Digits((day.Year * 10000) + (day.Month * 100) + day.Day, 8);

    private void Digits(long value, int least)
    {
        value.TryFormat(buffer.AsSpan(written), out var count, default, CultureInfo.InvariantCulture);
        if (count < least)
        {
            // Zeros take the place of the digits, which move to the right.
            buffer.AsSpan(written, count).CopyTo(buffer.AsSpan(written + least - count));
            buffer.AsSpan(written, least - count).Fill((byte)'0');
            count = least;
        }
        written += count;
    }

    private void Fill(int count, char with)
    {
        for (; count > 0; count--)
        {
            Byte(with);
        }
    }

    private void Byte(char character) => buffer[written++] = (byte)character;

    private void Separate() => buffer[written++] = format.Separator;

    private void EndLine()
    {
        if (format.IsPadded)
        {
            Separate();
        }
        lineEnd.CopyTo(buffer, written);
        written += lineEnd.Length;
    }

    private void Flush()
    {
        stream.Write(buffer, 0, written);
        written = 0;
    }
}
