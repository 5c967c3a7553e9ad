using FsCheck;
using FsCheck.Fluent;
using PorteOuverte.Features.Accounting.AddEntry;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Accounting;

public sealed class AllotmentTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    private static readonly Gen<(OwedInvoice[] Invoices, GivenPayment[] Payments)> Books =
        from owed in Gen.Choose(0, 5_000).Select(a => (long)a).ArrayOf()
        from given in (
            from amount in Gen.Choose(1, 8_000)
            from day in Gen.Choose(0, 100)
            from names in Gen.Choose(0, Math.Max(0, owed.Length)).ArrayOf()
            select (Amount: (long)amount, Day: day, Names: names)
        ).ArrayOf()
        let invoices = owed.Select((a, i) => new OwedInvoice(Number(i), Day.AddDays(i % 7), a)).ToArray()
        let payments = given
            // One of the names may be of an invoice that is gone.
            .Select(
                (p, i) => new GivenPayment(Number(1000 + i), Day.AddDays(p.Day), p.Amount, [.. p.Names.Select(Number)])
            )
            .ToArray()
        select (invoices, payments);

    [Fact]
    public void What_is_owed_and_what_is_paid_are_the_invoices_together()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Books.ToArbitrary(),
                books =>
                {
                    var settled = Allotment.Of(books.Invoices, books.Payments);
                    settled.Values.Sum(s => s.Outstanding + s.Settled).ShouldBe(books.Invoices.Sum(i => i.Owed));
                    settled.Values.ShouldAllBe(s => s.Outstanding >= 0 && s.Settled >= 0);
                    settled.Values.Sum(s => s.Settled).ShouldBeLessThanOrEqualTo(books.Payments.Sum(p => p.Amount));
                    settled.Values.ShouldAllBe(s => s.PaidOn == null || s.Outstanding == 0);
                    foreach (var payment in books.Payments)
                    {
                        // A payment that went away leaves everything as if it had never been.
                        var others = books.Payments.Where(p => p.Id != payment.Id).ToList();
                        Allotment.Of(books.Invoices, [.. others, payment]).ShouldBe(settled, ignoreOrder: true);
                    }
                }
            )
        );
    }

    [Fact]
    public void The_oldest_is_paid_first_and_what_is_over_settles_nothing()
    {
        OwedInvoice[] invoices = [new(Number(1), Day.AddDays(9), 100), new(Number(2), Day, 50)];
        var settled = Allotment.Of(
            invoices,
            [
                new(Number(3), Day.AddDays(20), 70, [Number(1), Number(2)]),
                new(Number(4), Day.AddDays(30), 500, [Number(1)]),
            ]
        );
        settled[Number(2)].ShouldBe(new SettledInvoice(0, 50, Day.AddDays(20)));
        settled[Number(1)].ShouldBe(new SettledInvoice(0, 100, Day.AddDays(30)));
    }

    private static Id<Entry> Number(int i) => new(new Guid(i, 0, 0, new byte[8]));
}
