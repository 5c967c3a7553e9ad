using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

/// <summary>What a small writer writes, in any of the manners met, is read back equal.</summary>
public sealed class RoundTripTests
{
    private sealed record Item(string Client, string Number, DateOnly Date, long Cents, string Label);

    private sealed record Manner(
        char Separator,
        bool QuoteAll,
        char Mark,
        string Thousands,
        string Currency,
        int Sign,
        int Order,
        string End,
        int Preamble,
        bool Mark8,
        int Shuffle
    );

    private static readonly string[] Letters =
    [
        "a",
        "É",
        "ç",
        "œ",
        "’",
        " ",
        "\"",
        ";",
        ",",
        "|",
        "\t",
        "\n",
        "0",
        "7",
        "-",
        "'",
        "&",
        "€",
        "x",
        "Z",
    ];

    private static Gen<string> Text(int least, int most) =>
        from length in Gen.Choose(least, most)
        from letters in Gen.Elements(Letters).ListOf(length)
        select string.Concat(letters);

    private static readonly Gen<Item> AnItem =
        from client in Text(0, 12)
        from number in Gen.Choose(1, 1_000_000)
        from day in Gen.Choose(0, 2000)
        from cents in Gen.OneOf(Gen.Choose(-99, 99), Gen.Choose(-900_000_000, 900_000_000))
        from label in Text(0, 20)
        select new Item(
            "Client " + client,
            "FA-" + number.ToString(CultureInfo.InvariantCulture),
            new DateOnly(2020, 1, 1).AddDays(day),
            cents,
            label
        );

    private static readonly Gen<Manner> AManner =
        from separator in Gen.Elements(';', ',', '\t', '|')
        from quoteAll in Gen.Elements(true, false)
        from mark in Gen.Elements(',', '.')
        from thousands in Gen.Elements("", " ", "\u00A0", "\u202F", "'", "other")
        from currency in Gen.Elements("", "€", " €", "\u00A0EUR", "before $", "before £")
        from sign in Gen.Choose(0, 2)
        from order in Gen.Choose(0, 4)
        from end in Gen.Elements("\n", "\r\n", "\r")
        from preamble in Gen.Choose(0, 4)
        from mark8 in Gen.Elements(true, false)
        from shuffle in Gen.Choose(0, 4)
        select new Manner(separator, quoteAll, mark, thousands, currency, sign, order, end, preamble, mark8, shuffle);

    private static string Written(long cents, Manner manner)
    {
        var group = manner.Thousands == "other" ? (manner.Mark == ',' ? "." : ",") : manner.Thousands;
        var format = new NumberFormatInfo
        {
            NumberDecimalSeparator = manner.Mark.ToString(),
            NumberGroupSeparator = group,
        };
        var number = (Math.Abs(cents) / 100m).ToString("N2", format);
        var (before, after) = manner.Currency.StartsWith("before", StringComparison.Ordinal)
            ? (manner.Currency[^1..], "")
            : ("", manner.Currency);
        return cents >= 0
            ? before + number + after
            : manner.Sign switch
            {
                0 => "-" + before + number + after,
                1 => before + "-" + number + after,
                _ => "(" + before + number + after + ")",
            };
    }

    private static string Written(DateOnly date, int order) =>
        order switch
        {
            0 => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
            1 => date.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture),
            2 => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            3 => date.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("fr-FR")),
            _ => date.ToString("MMM d, yyyy", CultureInfo.InvariantCulture),
        };

    private static string Written(IReadOnlyList<Item> items, Manner manner)
    {
        string Cell(string text) =>
            manner.QuoteAll || text.AsSpan().IndexOfAny("\"\r\n" + manner.Separator) >= 0
                ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
                : text;
        string Row(params string[] cells) =>
            string.Join(manner.Separator, cells.Skip(manner.Shuffle).Concat(cells.Take(manner.Shuffle)).Select(Cell))
            + manner.End;
        string[] titles = ["Factures de l’année", "ACME", "", "Exporté hier"];
        return string.Concat(titles.Take(manner.Preamble).Select(t => Cell(t) + manner.End))
            + Row("Client", "Numéro", "Date de facture", "Montant TTC", "Libellé")
            + string.Concat(
                items.Select(i =>
                    Row(i.Client, i.Number, Written(i.Date, manner.Order), Written(i.Cents, manner), i.Label)
                )
            );
    }

    [Fact]
    public void Whatever_is_written_is_read_back_equal()
    {
        var property = Prop.ForAll(
            (
                from items in AnItem.NonEmptyListOf()
                from manner in AManner
                // A day above twelve tells the order of all dates; without one a person is asked.
                let all = items
                    .Append(new Item("Dernier", "FA-0", new DateOnly(2021, 5, 31), 1234567, ""))
                    .DistinctBy(i => i.Number)
                    .ToList()
                select (all, manner)
            ).ToArbitrary(),
            given =>
            {
                var (items, manner) = given;
                var text = Written(items, manner);
                var bytes = System.Text.Encoding.UTF8.GetBytes((manner.Mark8 ? "\uFEFF" : "") + text);
                var table = Sheets.Csv(bytes);
                table.Separator.ShouldBe(manner.Separator, text);
                var reading = table.Reading(out var invoices);
                reading.Problems.ShouldBeEmpty(text);
                invoices
                    .Select(i => (Spaced(i.ClientName), i.Number, i.Date, i.Gross, Spaced(i.Label)))
                    .ShouldBe(
                        items.Select(i => (Spaced(i.Client), i.Number, i.Date, (long?)i.Cents, Spaced(i.Label))),
                        text
                    );
            }
        );
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20251123, 7), property);
    }

    // Labels are kept on one line, without the spaces around them.
    private static string Spaced(string text) =>
        string.Join(' ', text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
