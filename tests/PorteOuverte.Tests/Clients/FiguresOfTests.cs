using FsCheck;
using FsCheck.Fluent;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Clients;

public sealed class FiguresOfTests
{
    private static readonly DateOnly AsOf = new(2025, 12, 31);
    private static readonly Id<Client> Client = Id<Client>.New();

    [Fact]
    public void Nothing_adds_up_to_nothing()
    {
        var figures = Reckon();
        (figures.Revenue, figures.Balance, figures.Invoices, figures.Payments).ShouldBe((0, 0, 0, 0));
        (figures.MeanDelay, figures.LateShare, figures.UsualInterval).ShouldBe((null, null, null));
        (figures.FirstInvoice, figures.LastInvoice, figures.OldestOpen).ShouldBe((null, null, null));
        figures.AsOf.ShouldBe(AsOf);
    }

    [Fact]
    public void Sales_count_by_the_day_of_their_entry_and_credit_notes_are_deducted()
    {
        var figures = Reckon(
            Sale(new(2024, 12, 31), 700),
            Sale(new(2025, 1, 1), 500),
            Sale(new(2025, 6, 1), 300) with
            {
                Date = new(2024, 6, 1),
            },
            Sale(new(2025, 7, 1), -100) with
            {
                Kind = EntryKind.CreditNote,
            },
            Sale(new(2025, 8, 1), 40) with
            {
                Kind = EntryKind.DaySales,
            }
        );
        (figures.Revenue, figures.RevenueTwelveMonths, figures.RevenueYearBefore).ShouldBe((1440, 740, 700));
        (figures.Invoices, figures.CreditNotes).ShouldBe((3, 1));
        (figures.FirstInvoice, figures.LastInvoice).ShouldBe((new DateOnly(2024, 6, 1), new DateOnly(2025, 8, 1)));
    }

    [Fact]
    public void A_delay_runs_from_the_document_to_the_last_payment_and_weighs_as_much_as_the_money()
    {
        var figures = Reckon(
            Paid(new(2025, 1, 1), 10, 100),
            Paid(new(2025, 2, 1), 20, 100),
            Paid(new(2025, 3, 1), 90, 800),
            Sale(new(2025, 4, 1), 100)
        );
        figures.MedianDelay.ShouldBe(20);
        figures.MeanDelay.ShouldBe(40);
        figures.WeightedDelay.ShouldBe(75);
    }

    [Fact]
    public void Late_is_what_was_paid_after_its_term_or_is_still_open_after_it()
    {
        var open = Sale(new(2025, 10, 1), 100) with { Outstanding = 120 };
        Reckon(Paid(new(2025, 3, 1), 30, 100), Paid(new(2025, 3, 1), 31, 100), open, Recent(), Before())
            .LateShare.ShouldBe(2 / 3.0);
        // A term that the document says stands before what was agreed.
        Reckon(Paid(new(2025, 3, 1), 40, 100) with { DueOn = new(2025, 4, 10) }).LateShare.ShouldBe(0);
        FiguresOf
            .Reckon(Client, [Paid(new(2025, 3, 1), 61, 100)], AsOf, new PaymentTerms(45, EndOfMonth: true))
            .LateShare.ShouldBe(1);
        FiguresOf
            .Reckon(Client, [Paid(new(2025, 3, 1), 60, 100)], AsOf, new PaymentTerms(45, EndOfMonth: true))
            .LateShare.ShouldBe(0);

        static EntryFacts Recent() => Sale(new(2025, 12, 15), 100) with { Outstanding = 120 };
        static EntryFacts Before() => Paid(new(2024, 12, 31), 99, 100);
    }

    [Fact]
    public void What_is_owed_is_what_counts_and_the_oldest_of_it_is_known()
    {
        var figures = Reckon(
            Sale(new(2025, 5, 1), 100) with
            {
                Counted = 120,
                Outstanding = 20,
            },
            Sale(new(2025, 4, 1), 100) with
            {
                Counted = 120,
            },
            Sale(new(2025, 5, 2), 0) with
            {
                Kind = EntryKind.Payment,
                Amount = -220,
                Counted = -220,
            },
            Sale(new(2023, 1, 1), 0) with
            {
                Kind = EntryKind.Opening,
                Counted = 0,
                Outstanding = 5,
            }
        );
        figures.Balance.ShouldBe(20);
        figures.Payments.ShouldBe(1);
        figures.OldestOpen.ShouldBe(new DateOnly(2023, 1, 1));
    }

    [Fact]
    public void A_rhythm_needs_four_invoices_and_is_that_of_their_days()
    {
        Reckon(Sale(new(2025, 1, 1), 1), Sale(new(2025, 2, 1), 1), Sale(new(2025, 3, 1), 1))
            .UsualInterval.ShouldBeNull();
        Reckon(Sale(new(2025, 1, 1), 1), Sale(new(2025, 1, 1), 1), Sale(new(2025, 1, 11), 1), Sale(new(2025, 2, 10), 1))
            .UsualInterval.ShouldBe(20);
    }

    [Fact]
    public void What_is_booked_later_is_not_known_yet() =>
        Reckon(Sale(new(2026, 1, 1), 100))
            .ShouldSatisfyAllConditions(
                f => f.Revenue.ShouldBe(0),
                f => f.Invoices.ShouldBe(0),
                f => f.LastInvoice.ShouldBeNull()
            );

    [Fact]
    public void Whatever_the_entries_they_add_up_as_one_would_by_hand()
    {
        var days = Gen.Choose(0, 1200).Select(d => AsOf.AddDays(100 - d));
        var entries =
            from kind in Gen.Elements(Enum.GetValues<EntryKind>())
            from date in days
            from booked in days
            from amount in Gen.Choose(-5000, 50_000)
            from open in Gen.Elements(0, 0, 7, 100)
            from paid in Gen.OneOf(Gen.Constant((DateOnly?)null), days.Select(d => (DateOnly?)d))
            from due in Gen.OneOf(Gen.Constant((DateOnly?)null), days.Select(d => (DateOnly?)d))
            select new EntryFacts(kind, date, booked, due, amount, amount / 2, amount * 4 / 5, open, paid);
        Prop.ForAll(
                entries.ArrayOf().ToArbitrary(),
                Gen.Elements(new PaymentTerms(30, false), new PaymentTerms(45, true)).ToArbitrary(),
                (all, terms) => Same(FiguresOf.Reckon(Client, all, AsOf, terms), ByHand(all, terms))
            )
            .QuickCheckThrowOnFailure();
    }

    // Each figure by a query of its own, as its sentence in the guide says it.
    private static ClientFigures ByHand(EntryFacts[] all, PaymentTerms terms)
    {
        var from = new DateOnly(2025, 1, 1);
        var known = all.Where(e => e.BookedOn <= AsOf || e.Kind is EntryKind.Payment or EntryKind.ReturnedPayment)
            .ToList();
        var sales = known
            .Where(e => e.Kind is EntryKind.Invoice or EntryKind.CreditNote or EntryKind.DaySales)
            .ToList();
        var dated = known.Where(e => e.Kind is EntryKind.Invoice or EntryKind.DaySales).ToList();
        var invoices = known.Where(e => e.Kind == EntryKind.Invoice).ToList();
        var paid = invoices
            .Where(e => e.PaidOn is not null)
            .Select(e =>
                (Days: (double)(e.PaidOn!.Value.DayNumber - e.Date.DayNumber), Weight: Math.Abs((double)e.Amount))
            )
            .ToList();
        var year = invoices.Where(e => e.Date >= from && e.Date <= AsOf).ToList();
        var onTime = year.Count(e => e.PaidOn <= Due(e));
        var late = year.Count(e => e.PaidOn > Due(e) || (e.PaidOn is null && e.Outstanding > 0 && AsOf > Due(e)));
        var days = invoices.Select(e => e.Date.DayNumber).Distinct().Order().ToList();
        var weight = paid.Sum(p => p.Weight);
        return new ClientFigures(Client)
        {
            AsOf = AsOf,
            Revenue = sales.Sum(e => e.Net),
            RevenueTwelveMonths = sales.Where(e => e.BookedOn >= from).Sum(e => e.Net),
            RevenueYearBefore = sales.Where(e => e.BookedOn.Year == 2024).Sum(e => e.Net),
            Invoices = invoices.Count,
            CreditNotes = known.Count(e => e.Kind == EntryKind.CreditNote),
            Payments = known.Count(e => e.Kind == EntryKind.Payment),
            Balance = known.Sum(e => e.Counted),
            OldestOpen = known.Where(e => e.Outstanding > 0).Select(e => (DateOnly?)e.Date).Min(),
            MeanDelay = paid.Count == 0 ? null : paid.Average(p => p.Days),
            MedianDelay = Middle([.. paid.Select(p => p.Days).Order()]),
            MedianDaysLate = Middle([
                .. invoices
                    .Where(e => e.PaidOn is not null)
                    .Select(e => (double)(e.PaidOn!.Value.DayNumber - Due(e).DayNumber))
                    .Order(),
            ]),
            WeightedDelay = weight == 0 ? null : paid.Sum(p => p.Days * p.Weight) / weight,
            LateShare = onTime + late == 0 ? null : (double)late / (onTime + late),
            FirstInvoice = dated.Select(e => (DateOnly?)e.Date).Min(),
            LastInvoice = dated.Select(e => (DateOnly?)e.Date).Max(),
            UsualInterval =
                invoices.Count < 4 ? null : Middle([.. days.Zip(days.Skip(1), (a, b) => (double)(b - a)).Order()]),
            MonthlySales = MonthSums.Pack([
                .. Enumerable
                    .Range(0, 24)
                    .Select(i => new DateOnly(2024, 1, 1).AddMonths(i))
                    .Select(m =>
                        known.Where(e => (e.BookedOn.Year, e.BookedOn.Month) == (m.Year, m.Month)).Sum(e => e.Net)
                    ),
            ]),
            PurchaseDays = DayList.Pack(
                invoices
                    .Where(e => e.Net > 0 && e.Date >= AsOf.AddDays(-1095) && e.Date <= AsOf)
                    .Select(e => e.Date.DayNumber)
            ),
        };

        DateOnly Due(EntryFacts e) => e.DueOn ?? terms.DueOn(e.Date);

        static double? Middle(double[] sorted) =>
            sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    [Fact]
    public void Days_packed_are_the_days_unpacked()
    {
        Prop.ForAll(
                Gen.Choose(1, 800_000).ArrayOf().ToArbitrary(),
                days =>
                {
                    var unpacked = new List<int>();
                    DayList.Unpack(DayList.Pack(days), unpacked);
                    return unpacked.SequenceEqual(days.Distinct().Order());
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Months_packed_are_the_months_unpacked_also_where_another_day_is_looked_from()
    {
        Prop.ForAll(
                Gen.Choose(-2_000_000_000, 2_000_000_000).Select(n => n * 7L).ArrayOf(MonthSums.Months).ToArbitrary(),
                Gen.Choose(-30, 30).ToArbitrary(),
                (sums, months) =>
                {
                    var added = new long[MonthSums.Months];
                    MonthSums.Add(MonthSums.Pack(sums), AsOf, added, AsOf.AddMonths(months));
                    return added.SequenceEqual(
                        Enumerable.Range(months, added.Length).Select(i => i >= 0 && i < sums.Length ? sums[i] : 0)
                    );
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static bool Same(ClientFigures a, ClientFigures b) =>
        typeof(ClientFigures)
            .GetProperties()
            .All(p =>
                p.GetValue(a) is double x && p.GetValue(b) is double y ? Math.Abs(x - y) < 1e-9
                : p.GetValue(a) is byte[] ours && p.GetValue(b) is byte[] theirs ? ours.AsSpan().SequenceEqual(theirs)
                : Equals(p.GetValue(a), p.GetValue(b))
            );

    private static ClientFigures Reckon(params EntryFacts[] entries) =>
        FiguresOf.Reckon(Client, entries, AsOf, PaymentTerms.Default);

    private static EntryFacts Sale(DateOnly day, long net) =>
        new(EntryKind.Invoice, day, day, null, net * 6 / 5, net * 6 / 5, net, 0, null);

    private static EntryFacts Paid(DateOnly day, int delay, long net) =>
        Sale(day, net) with
        {
            PaidOn = day.AddDays(delay),
        };
}
