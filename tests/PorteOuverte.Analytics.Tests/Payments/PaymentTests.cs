using System.Globalization;

namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §5 and MONEY.md §4.</summary>
public class PaymentTests
{
    private static readonly InvoicePayment[] Invoices =
    [
        .. Corpus
            .Rows("example_invoices.csv")
            .Select(r => new InvoicePayment(
                Date(r[2]),
                Date(r[3]),
                r[4].Length > 0 ? Date(r[4]) : null,
                Corpus.Number(r[5])
            )),
    ];

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Days_sales_outstanding_and_its_family_are_as_published()
    {
        Payments.DaysSalesOutstanding(250, 600, 90).ShouldBeNear(37.5, 1e-14);
        // Best possible 25.5 at 170 k current, hence 12 days delinquent.
        Payments.DaysSalesOutstanding(170, 600, 90).ShouldBeNear(25.5, 1e-14);
        Payments.AverageDaysDelinquent(250, 170, 600, 90).ShouldBeNear(12, 1e-14);
    }

    [Fact]
    public void Count_back_is_as_published()
    {
        Payments.CountBack(250, [120, 90, 100], [31, 28, 31]).ShouldBeNear(71.4, 1e-14);
        Payments.CountBack(0, [120], [31]).ShouldBe(0);
        Payments.CountBack(1_000, [120, 90, 100], [31, 28, 31]).ShouldBe(90);
    }

    [Fact]
    public void The_collection_effectiveness_index_is_as_published()
    {
        Payments.CollectionEffectiveness(6200, 10_890, 6340, 3590).ShouldBeNear(.7962962963, 1e-10);
        Payments.CollectionEffectiveness(0, 100, 100, 100).ShouldBe(1);
    }

    [Fact]
    public void The_delays_of_the_example_invoices_are_as_published()
    {
        var delays = Payments.Delays(Invoices, new DateOnly(2026, 1, 15));

        delays.MeanDays!.Value.ShouldBeNear(37.6, 1e-12);
        delays.WeightedDays!.Value.ShouldBeNear(37.91240876, 1e-9);
        delays.WeightedLateness!.Value.ShouldBeNear(7.912408759, 1e-9);
        delays.LateShare!.Value.ShouldBeNear(.9090909, 1e-7);
        delays.LateShareOfAmount!.Value.ShouldBeNear(.8993288591, 1e-9);
        delays.MedianDays.ShouldBe(38);
        (delays.PaidCount, delays.OpenCount, delays.OverdueCount).ShouldBe((10, 2, 1));
    }

    [Fact]
    public void A_payment_of_tomorrow_is_not_known_today()
    {
        var delays = Payments.Delays(Invoices, new DateOnly(2025, 3, 2));

        (delays.PaidCount, delays.OpenCount).ShouldBe((0, 2));
        delays.MeanDays.ShouldBeNull();
        delays.MedianDays.ShouldBeNull();
        delays.LateShare.ShouldBeNull();
        Should.Throw<ArgumentException>(() => Payments.Delays(Invoices, new DateOnly(2024, 1, 1)));
    }

    [Fact]
    public void Twelve_hundred_euros_thirty_days_late_owe_eleven_ninety_eight()
    {
        // MONEY.md §4: 1 200 € due 31/01/2026, paid 02/03/2026 → 30 days, 11,98 € + 40 €.
        var penalty = Payments.Penalty(
            1200,
            new(2026, 1, 31),
            new(2026, 3, 2),
            Payments.KnownFrenchRates
        );

        penalty.Days.ShouldBe(30);
        penalty.Interest.ShouldBe(11.98m);
        penalty.Indemnity.ShouldBe(40);
        penalty.Parts.ShouldHaveSingleItem().Rate.ShouldBe(12.15m);
    }

    [Fact]
    public void A_penalty_is_split_at_the_half_year()
    {
        var penalty = Payments.Penalty(
            10_000,
            new(2024, 12, 21),
            new(2025, 1, 20),
            Payments.KnownFrenchRates
        );

        penalty.Parts.Select(p => (p.Days, p.Rate)).ShouldBe([(10, 14.25m), (20, 13.15m)]);
        penalty.Parts[0].Through.ShouldBe(new DateOnly(2024, 12, 31));
        penalty.Interest.ShouldBe(
            Math.Round(10_000m * .1425m * 10 / 365 + 10_000m * .1315m * 20 / 365, 2)
        );
    }

    [Fact]
    public void The_floor_binds_agreed_rates_only()
    {
        // MONEY.md §4: S2-2024, 3 × 4,92 = 14,76 % for an agreed rate below; 14,25 % without one.
        Rate(null).ShouldBe(14.25m);
        Rate(12).ShouldBe(14.76m);
        Rate(18).ShouldBe(18);

        static decimal Rate(decimal? agreed) =>
            Payments
                .Penalty(100, new(2024, 8, 1), new(2024, 8, 2), Payments.KnownFrenchRates, agreed)
                .Parts[0]
                .Rate;
    }

    [Fact]
    public void Paid_in_time_owes_nothing()
    {
        var penalty = Payments.Penalty(
            1200,
            new(2026, 1, 31),
            new(2026, 1, 31),
            Payments.KnownFrenchRates
        );

        (penalty.Days, penalty.Interest, penalty.Indemnity, penalty.Parts.Count).ShouldBe(
            (0, 0m, 0m, 0)
        );
    }

    [Fact]
    public void A_half_year_without_a_rate_is_asked_for()
    {
        var thrown = Should.Throw<ArgumentException>(() =>
            Payments.Penalty(1200, new(2026, 6, 20), new(2026, 7, 2), Payments.KnownFrenchRates)
        );
        thrown.Message.ShouldContain("2026-07-01");
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Payments.DaysSalesOutstanding(1, 0, 90));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Payments.AverageDaysDelinquent(1, 2, 1, 90)
        );
        Should.Throw<ArgumentException>(() => Payments.CountBack(1, [1], [31, 28]));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Payments.CollectionEffectiveness(1, 1, 3, 0)
        );
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Payments.Penalty(-1, new(2026, 1, 1), new(2026, 2, 1), [])
        );
    }
}
