using System.Globalization;
using System.Text;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Tests.Diagnosis.MakeSample;

public class SampleTruthTests
{
    private static readonly DateOnly End = new(2025, 12, 31);

    public static TheoryData<Dialect, DateOnly> DialectsAndDays()
    {
        var data = new TheoryData<Dialect, DateOnly>();
        foreach (var dialect in Enum.GetValues<Dialect>())
        {
            data.Add(dialect, End);
            data.Add(dialect, new DateOnly(2025, 6, 17));
            data.Add(dialect, new DateOnly(2024, 11, 20));
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(DialectsAndDays))]
    public void Every_dialect_is_read_as_what_was_written(Dialect dialect, DateOnly day)
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 60, Years: 3, Seed: 7, dialect));

        var differences = Differences(sample.Read().AsOf(day), sample.Truth, day, dialect);

        differences.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(AllDialects))]
    public void Every_dialect_is_read_line_for_line(Dialect dialect)
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 60, Years: 3, Seed: 7, dialect));

        var files = sample.Read().Files;

        files
            .Select(f => (f.Lines, f.Debit, f.Credit))
            .ShouldBe(sample.Truth.Files.Select(f => (f.Lines, f.Debit, f.Credit)));
        files.Select(f => f.Lines).ShouldBe(sample.Lines);
        files.ShouldAllBe(f => f.Rejected == 0 && f.Debit == f.Credit && f.Siren == Sample.Siren);
        files.Select(f => f.Closing).ShouldBe([new DateOnly(2023, 12, 31), new DateOnly(2024, 12, 31), End]);
        files.ShouldAllBe(f => f.Encoding == EncodingOf(dialect));
        files.ShouldAllBe(f => f.Separator == SeparatorOf(dialect));
    }

    public static TheoryData<Dialect> AllDialects() => [.. Enum.GetValues<Dialect>()];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Whatever_the_seed_the_books_are_read_as_they_were_kept(int seed)
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 25 * seed, Years: seed, seed));

        Differences(sample.Read().AsOf(End), sample.Truth, End).ShouldBeEmpty();
    }

    [Fact]
    public void A_code_that_letters_a_carried_invoice_and_last_years_first_ones_does_not_join_them()
    {
        // Codes begin again at AA each year. Here a client's first invoice, AA of its year, is still unpaid when the one
        // is written that the next year's opening brings forward as AA.
        var sample = SampleBytes.Of(new SampleOptions(Clients: 400, Years: 4, Seed: 3));

        Differences(sample.Read().AsOf(End), sample.Truth, End).ShouldBeEmpty();
    }

    [Fact]
    public void The_order_of_the_files_does_not_matter()
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 60, Years: 3, Seed: 7));

        var facts = SampleBytes.Read([.. sample.Names.Zip(sample.Files).Reverse()]).AsOf(End);

        Differences(facts, sample.Truth, End).ShouldBeEmpty();
    }

    [Fact]
    public void The_last_year_alone_still_says_what_is_owed_and_what_is_in_the_bank()
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 60, Years: 3, Seed: 7));

        var facts = SampleBytes.Read((sample.Names[2], sample.Files[2])).AsOf(End);

        facts.Cash.ShouldBe(sample.Truth.Cash(End));
        facts.Clients.Sum(c => c.Balance).ShouldBe(sample.Truth.Receivable(End));
        facts
            .Clients.Where(c => c.Balance != 0)
            .Select(c => (c.Code, c.Balance))
            .ShouldBe(sample.Truth.Clients.Where(c => c.Balance(End) != 0).Select(c => (c.Code, c.Balance(End))));
    }

    [Fact]
    public void Years_in_several_files_say_the_same_as_one_file_without_the_openings_between_them()
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 60, Years: 3, Seed: 7));

        var facts = SampleBytes.Read(("joined.txt", Joined(sample.Files))).AsOf(End);

        Differences(facts, sample.Truth, End).ShouldBeEmpty();
    }

    // The header once, and no opening but the first.
    private static byte[] Joined(IReadOnlyList<byte[]> files)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < files.Count; i++)
        {
            foreach (var line in Encoding.UTF8.GetString(files[i]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            {
                if (
                    i == 0
                    || !(
                        line.StartsWith("JournalCode", StringComparison.Ordinal)
                        || line.StartsWith("AN\t", StringComparison.Ordinal)
                    )
                )
                {
                    // Each year numbers its entries from one.
                    var fields = line.Split('\t');
                    fields[2] =
                        fields[0] == "JournalCode"
                            ? fields[2]
                            : string.Create(CultureInfo.InvariantCulture, $"{i + 1}{fields[2]:00000}");
                    joined.Append(string.Join('\t', fields)).Append("\r\n");
                }
            }
        }
        return Encoding.UTF8.GetBytes(joined.ToString());
    }

    private static List<string> Differences(
        LedgerFacts facts,
        SampleTruth truth,
        DateOnly day,
        Dialect dialect = Dialect.Plain
    )
    {
        var differences = new List<string>();
        var from = day.AddYears(-1).AddDays(1);
        Same(
            "revenue",
            facts.Clients.Sum(c => c.Revenue(DateOnly.MinValue, day)),
            truth.Revenue(DateOnly.MinValue, day)
        );
        Same("revenue of twelve months", facts.Clients.Sum(c => c.Revenue(from, day)), truth.Revenue(from, day));
        Same("receivable", facts.Clients.Sum(c => c.Balance), truth.Receivable(day));
        Same("cash", facts.Cash, truth.Cash(day));
        Same("charges", facts.FixedCharges(from, day), truth.FixedCharges(from, day));
        Same("purchases", facts.Purchases(from, day), truth.Purchases(from, day));
        var known = truth.Clients.Where(c => c.Invoices(day) > 0).ToList();
        Same(
            "clients",
            string.Join(' ', facts.Clients.Select(c => c.Code)),
            string.Join(' ', known.Select(c => c.Code))
        );
        var read = facts.Clients.ToDictionary(c => c.Code, StringComparer.Ordinal);
        foreach (var client in known.Where(c => read.ContainsKey(c.Code)))
        {
            var found = read[client.Code];
            var name =
                dialect == Dialect.Cp850
                    ? client
                        .Name.Replace("œ", "oe", StringComparison.Ordinal)
                        .Replace("Œ", "OE", StringComparison.Ordinal)
                    : client.Name;
            Same($"{client.Code} name", found.Name, name);
            Same($"{client.Code} crowd", found.IsCollective, false);
            Same(
                $"{client.Code} revenue",
                found.Revenue(DateOnly.MinValue, day),
                client.Revenue(DateOnly.MinValue, day)
            );
            Same($"{client.Code} revenue of twelve months", found.Revenue(from, day), client.Revenue(from, day));
            Same($"{client.Code} invoices", found.Invoices.Count, client.Invoices(day));
            Same($"{client.Code} credit notes", found.CreditNotes.Count, client.CreditNotes(day));
            Same($"{client.Code} payments", found.Payments, client.Payments(day));
            Same($"{client.Code} balance", found.Balance, client.Balance(day));
            Same($"{client.Code} open items", found.OpenItems.Sum(i => i.Amount), client.Balance(day));
            var delays = found
                .Invoices.Where(i => i.DelayDays is not null)
                .Select(i => (i.Date.DayNumber, i.DelayDays!.Value))
                .Order()
                .ToList();
            Same($"{client.Code} delays", Listed(delays), Listed(client.Delays(day)));
        }
        return differences;

        void Same<T>(string what, T found, T expected)
        {
            if (!EqualityComparer<T>.Default.Equals(found, expected))
            {
                differences.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{what}: read {found}, written {expected}")
                );
            }
        }
    }

    private static string Listed(IEnumerable<(int Day, int Days)> delays) =>
        string.Join(
            ' ',
            delays.Select(d =>
                $"{DateOnly.FromDayNumber(d.Day).ToString("yyMMdd", CultureInfo.InvariantCulture)}+{d.Days}"
            )
        );

    private static string EncodingOf(Dialect dialect) =>
        dialect switch
        {
            Dialect.Pipe => "iso-8859-15",
            Dialect.Cp1252 => "windows-1252",
            Dialect.Utf16 => "utf-16le",
            Dialect.Mac => "macintosh",
            Dialect.Cp850 => "ibm850",
            _ => "utf-8",
        };

    private static char? SeparatorOf(Dialect dialect) =>
        dialect switch
        {
            Dialect.Xml => null,
            Dialect.Pipe or Dialect.Padded or Dialect.Odoo => '|',
            _ => '\t',
        };
}
