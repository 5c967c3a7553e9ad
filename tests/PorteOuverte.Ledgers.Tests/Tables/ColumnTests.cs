using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

public sealed class ColumnTests
{
    private static TableColumn Column(string name, params string[] values) =>
        Sheets
            .Csv(
                "Client\t"
                    + name
                    + "\tObjet\n"
                    + string.Concat(values.Select(v => "Dupont\t" + v + "\tx\n"))
                    + "Fin\t\tx\n"
            )
            .Columns[1];

    [Theory]
    [InlineData("1 234,56 €", 123456, "EUR")]
    [InlineData("1\u00A0234,56\u00A0€", 123456, "EUR")]
    [InlineData("1\u202F234,56 EUR", 123456, "EUR")]
    [InlineData("-1.234,56", -123456, null)]
    [InlineData("$-142.85", -14285, "USD")]
    [InlineData("-$142.85", -14285, "USD")]
    [InlineData("US$ 1,142.85", 114285, "USD")]
    [InlineData("(12.00)", -1200, null)]
    [InlineData("(£12.00)", -1200, "GBP")]
    [InlineData("1'234.50", 123450, null)]
    [InlineData("CHF 1’234.50", 123450, "CHF")]
    [InlineData("12,50-", -1250, null)]
    [InlineData("−12,50 €", -1250, "EUR")]
    [InlineData("+12,5", 1250, null)]
    [InlineData(",50", 50, null)]
    [InlineData("0.125", 13, null)]
    [InlineData("1.234.567", 123456700, null)]
    public void An_amount_is_read_as_its_text_says(string text, long cents, string? currency)
    {
        AmountText.TryRead(text, out var amount).ShouldBeTrue();
        amount.TryCents(null, out var read, out _).ShouldBeTrue();
        (read, amount.Currency).ShouldBe((cents, currency));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12/05/2025")]
    [InlineData("06 12 34 56 78")]
    [InlineData("FA12")]
    [InlineData("12,34,5")]
    [InlineData("1.2345,6.7")]
    [InlineData("--12")]
    [InlineData("€")]
    [InlineData("12 pommes")]
    [InlineData("99999999999999999999")]
    public void What_is_no_amount_is_none(string text) =>
        (AmountText.TryRead(text, out var amount) && amount.TryCents(',', out _, out _)).ShouldBeFalse();

    [Fact]
    public void Three_digits_behind_a_point_are_what_the_column_says()
    {
        Column("Montant", "1.234", "2.500").Amounts!.IsAmbiguous.ShouldBeTrue();
        Column("Montant", "1.234", "2.500,10")
            .Amounts!.ShouldBe(new AmountFormat { DecimalMark = ',', ThousandsMark = '.' });
        Column("Montant", "1,234", "2500.1").Amounts!.DecimalMark.ShouldBe('.');
        Column("Montant", "1,5", "2.5").Amounts!.IsAmbiguous.ShouldBeTrue();
        AmountText.TryRead("1.234", out var amount).ShouldBeTrue();
        amount.TryCents(',', out var grouped, out _).ShouldBeTrue();
        grouped.ShouldBe(123400);
        amount.TryCents('.', out var plain, out _).ShouldBeTrue();
        plain.ShouldBe(123);
        amount.TryCents(null, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_writing_of_amounts_is_told()
    {
        Column("Montant", "$1,234.50", "$-12.00")
            .Amounts.ShouldBe(
                new AmountFormat
                {
                    DecimalMark = '.',
                    ThousandsMark = ',',
                    Currency = "USD",
                    CurrencyIsBefore = true,
                }
            );
        Column("Montant", "(12.00)", "13.00").Amounts!.Sign.ShouldBe(SignPlace.Parentheses);
        Column("Montant", "12,00-", "13,00").Amounts!.Sign.ShouldBe(SignPlace.After);
        Column("Montant", "1'234.50", "13.00").Amounts!.ThousandsMark.ShouldBe('\'');
    }

    [Fact]
    public void The_order_of_dates_is_told_by_one_day_above_twelve()
    {
        Column("Date", "01/02/2025", "05/03/2025", "13/04/2025").Dates.ShouldBe(DateForm.DayFirst);
        Column("Date", "01/02/2025", "05/03/2025", "04/13/2025").Dates.ShouldBe(DateForm.MonthFirst);
        Column("Date", "2025-01-02", "2025-03-04").Dates.ShouldBe(DateForm.YearFirst);
        Column("Date", "20250102", "20250304").Dates.ShouldBe(DateForm.YearFirst);
        Column("Date", "01.02.2025", "02.03.2025").Dates.ShouldBe(DateForm.DayFirst);
        Column("Date", "01/02/25 10:30", "31/03/25 00:00").Dates.ShouldBe(DateForm.DayFirst);
    }

    [Fact]
    public void An_order_that_cannot_be_told_is_asked()
    {
        var none = Column("Date", "01/02/2025", "05/03/2025");
        (none.Kind, none.Dates).ShouldBe((ColumnKind.Date, null));
        none.DateCandidates.ShouldBe([DateForm.DayFirst, DateForm.MonthFirst]);
        var both = Column("Date", "13/02/2025", "02/13/2025", "02/14/2025");
        both.Dates.ShouldBeNull();
        both.DateCandidates.ShouldBe([DateForm.MonthFirst, DateForm.DayFirst]);
    }

    [Fact]
    public void Each_column_has_its_own_order()
    {
        var table = Sheets.Csv(
            "Client;Date;Échéance;Payée le;Total\nA;13/02/2025;02/28/2025;01/03/2025;1,00\nB;01/02/2025;03/01/2025;02/03/2025;1,00\n"
        );
        table.Columns.Skip(1).Take(3).Select(c => c.Dates).ShouldBe([DateForm.DayFirst, DateForm.MonthFirst, null]);
        var mapping = TableMapping.Guess(table);
        var question = mapping.Questions(table).ShouldHaveSingleItem();
        (question.Field, question.Column.Name).ShouldBe((TableField.PaidOn, "Payée le"));
        var answered = mapping with
        {
            Dates = new Dictionary<string, DateForm> { [question.Column.Key] = DateForm.MonthFirst },
        };
        answered.Questions(table).ShouldBeEmpty();
        var invoice = table.Invoices(answered)[0];
        (invoice.Date, invoice.Due, invoice.PaidOn).ShouldBe(
            (new DateOnly(2025, 2, 13), new DateOnly(2025, 2, 28), new DateOnly(2025, 1, 3))
        );
        // Unanswered, such a date is never guessed.
        table
            .Reading(out var invoices, mapping)
            .Problems.Select(p => (p.Line, p.Column, p.Reason, p.Read))
            .First()
            .ShouldBe((2, "Payée le", TableProblemReason.Date, "01/03/2025"));
        invoices[0].PaidOn.ShouldBeNull();
    }

    [Theory]
    [InlineData("31 janvier 2025", "2025-01-31")]
    [InlineData("31 janv. 2025", "2025-01-31")]
    [InlineData("1er août 2025", "2025-08-01")]
    [InlineData("lundi 3 mars 2025", "2025-03-03")]
    [InlineData("15-févr.-25", "2025-02-15")]
    [InlineData("January 31, 2025", "2025-01-31")]
    [InlineData("31-Jan-25", "2025-01-31")]
    [InlineData("Dec 3rd, 2024", "2024-12-03")]
    [InlineData("3 Sept 2024 10:20", "2024-09-03")]
    [InlineData("2025-01-31T10:20:30Z", "2025-01-31")]
    [InlineData("31/01/2025 23:59", "2025-01-31")]
    public void Dates_are_read(string text, string day) =>
        DateText
            .Day(text, DateForm.DayFirst)
            .ShouldBe(
                DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).DayNumber
            );

    [Theory]
    [InlineData("31/02/2025")]
    [InlineData("00/00/0000")]
    [InlineData("12 rue de mars")]
    [InlineData("3 marché 2025")]
    [InlineData("FA-2025-001")]
    [InlineData("06-12-34-56-78")]
    public void What_is_no_date_is_none(string text) => DateText.Read(text).IsDate.ShouldBeFalse();

    [Fact]
    public void Serial_numbers_are_dates_where_the_header_says_so()
    {
        Column("Date", "45688", "45700").Dates.ShouldBe(DateForm.Serial1900);
        Column("Quantité", "45688", "45700").Kind.ShouldBe(ColumnKind.Number);
        DateOnly.FromDayNumber(DateText.Day("45688", DateForm.Serial1900)).ShouldBe(new DateOnly(2025, 1, 31));
        DateOnly.FromDayNumber(DateText.Day("44226", DateForm.Serial1904)).ShouldBe(new DateOnly(2025, 1, 31));
    }

    [Fact]
    public void Codes_and_words_are_told_apart()
    {
        Column("x", "FA-2025/001", "FA-2025/002").Kind.ShouldBe(ColumnKind.Code);
        Column("x", "00042", "00043").Kind.ShouldBe(ColumnKind.Code);
        Column("x", "732829320", "552100554").Kind.ShouldBe(ColumnKind.Code);
        Column("x", "Conseil", "Formation 2").Kind.ShouldBe(ColumnKind.Text);
        Column("x", "1", "2", "12").Kind.ShouldBe(ColumnKind.Number);
        Column("x").Kind.ShouldBe(ColumnKind.Empty);
    }

    [Fact]
    public void Samples_are_the_first_five_that_differ() =>
        Column("x", "a", "a", "b", "c", "d", "e", "f").Samples.ShouldBe(["a", "b", "c", "d", "e"]);
}
