using System.Text;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Writes entries as one file of one dialect.</summary>
internal abstract class LedgerWriter : IDisposable
{
    static LedgerWriter() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="closing">The last day of the year.</param>
    public static LedgerWriter For(Dialect dialect, Stream stream, DateOnly closing) =>
        dialect == Dialect.Xml
            ? new XmlLedgerWriter(stream, closing)
            : new TextLedgerWriter(stream, TextFormat.Of(dialect));

    public abstract void Write(Entry entry);

    /// <summary>Ends the file and closes it.</summary>
    public abstract void Dispose();

    // Entries are validated in the middle of the month after theirs.
    protected static DateOnly ValidatedOn(DateOnly date) => new DateOnly(date.Year, date.Month, 15).AddMonths(1);
}

internal enum AmountStyle
{
    /// <summary><c>1437,12</c></summary>
    Plain,

    /// <summary><c>0000001437,12</c></summary>
    Zeros,

    /// <summary><c> 000000000001437,12</c>, and <c>0,00</c> for nothing.</summary>
    LongZeros,
}

/// <summary>How a dialect in text differs from the norm.</summary>
internal sealed record TextFormat
{
    public byte Separator { get; init; } = (byte)'\t';

    public string LineEnd { get; init; } = "\r\n";

    public string Encoding { get; init; } = "utf-8";

    public bool HasMark { get; init; }

    public AmountStyle Amounts { get; init; }

    /// <summary>One amount and its side.</summary>
    public bool HasSide { get; init; }

    /// <summary>Every field filled up with spaces to its width, every line ended with a separator.</summary>
    public bool IsPadded { get; init; }

    /// <summary>The journal and the year before the number of the entry.</summary>
    public bool HasLongNumbers { get; init; }

    /// <summary>The client's code in the account's number.</summary>
    public bool IsAuxiliaryInAccount { get; init; }

    /// <summary>The account of all clients.</summary>
    public string Clients { get; init; } = "411000";

    /// <summary>Without œ, which the encoding does not have.</summary>
    public bool HasNoLigatures { get; init; }

    public static TextFormat Of(Dialect dialect) =>
        dialect switch
        {
            Dialect.Pipe => new() { Separator = (byte)'|', Encoding = "iso-8859-15" },
            Dialect.Cp1252 => new() { Encoding = "windows-1252" },
            Dialect.Utf8Bom => new() { HasMark = true },
            Dialect.Utf16 => new() { Encoding = "utf-16", HasMark = true },
            Dialect.Mac => new() { Encoding = "macintosh", LineEnd = "\r" },
            Dialect.MontantSens => new() { HasSide = true },
            Dialect.Padded => new()
            {
                Separator = (byte)'|',
                IsPadded = true,
                Amounts = AmountStyle.Zeros,
            },
            Dialect.Odoo => new()
            {
                Separator = (byte)'|',
                LineEnd = "\n",
                HasLongNumbers = true,
                Clients = "411100",
                Amounts = AmountStyle.LongZeros,
            },
            Dialect.AuxInAccount => new() { IsAuxiliaryInAccount = true },
            Dialect.Cp850 => new() { Encoding = "ibm850", HasNoLigatures = true },
            _ => new(),
        };
}
