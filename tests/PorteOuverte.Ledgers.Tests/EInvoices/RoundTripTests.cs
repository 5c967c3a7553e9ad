using FsCheck;
using FsCheck.Fluent;
using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Ledgers.Tests.EInvoices;

/// <summary>The same facts, written in either syntax, are read back equal.</summary>
public sealed class RoundTripTests
{
    // Random but believable invoices: any texts that XML admits, amounts to the cent, parties with or without numbers.
    private static EInvoice Random(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable
            .Range(1, random.Next(0, 6))
            .Select(n =>
            {
                var quantity = random.Next(1, 5000) / 100m;
                var price = random.Next(0, 1_000_000) / 10_000m;
                return Writing.Line($"{n}", quantity, price, Math.Round(quantity * price, 2)) with
                {
                    Name = Words(random),
                    Description = Perhaps(random, Words(random)),
                    VatRate = random.Next(3) == 0 ? null : random.Next(0, 250) / 10m,
                };
            })
            .ToList();
        var net = lines.Count > 0 ? lines.Sum(l => l.NetAmount!.Value) : random.Next(0, 10_000_000) / 100m;
        var vat = Math.Round(net * 0.2m, 2);
        var paid = random.Next(2) == 0 ? 0 : random.Next(0, 10_000) / 100m;
        var rounding = random.Next(3) == 0 ? random.Next(-49, 50) / 100m : 0;
        var currency = random.Next(3) == 0 ? "CHF" : "EUR";
        var vatCurrency = random.Next(3) == 0 ? "SEK" : null;
        var issued = new DateOnly(2020, 1, 1).AddDays(random.Next(0, 4000));
        return Writing.Plain with
        {
            Number = Words(random),
            IssueDate = issued,
            DueDate = random.Next(3) == 0 ? null : issued.AddDays(random.Next(0, 90)),
            Currency = currency,
            NetTotal = net,
            VatTotal = vat,
            VatCurrency = vatCurrency,
            VatTotalInVatCurrency = vatCurrency is null ? null : vat * 11,
            GrossTotal = net + vat,
            Prepaid = paid,
            Rounding = rounding,
            DuePayable = net + vat - paid + rounding,
            Seller = Writing.Party(Words(random), "732829320", "FR44732829320"),
            Buyer = Writing.Party(Words(random), null, null) with
            {
                Email = Perhaps(random, "a@b.fr"),
                City = Perhaps(random, Words(random)),
            },
            BuyerReference = Perhaps(random, Words(random)),
            OrderNumber = Perhaps(random, Words(random)),
            PaymentTerms = Perhaps(random, Words(random)),
            PrecedingInvoices =
            [
                .. Enumerable
                    .Range(0, random.Next(0, 3))
                    .Select(n => new PrecedingInvoice(
                        $"{Words(random)} {n}",
                        random.Next(2) == 0 ? null : issued.AddDays(-n)
                    )),
            ],
            Lines = lines,
            AttachmentCount = random.Next(0, 3),
        };
    }

    private static T? Perhaps<T>(Random random, T value)
        where T : class => random.Next(3) == 0 ? null : value;

    private static string Words(Random random)
    {
        const string letters = "abcXYZéèçœ€ßŁж漢0123456789-/_.,;:'\"&<>()[]{}%’«» ";
        var text = string.Concat(
            Enumerable.Range(0, random.Next(1, 30)).Select(_ => letters[random.Next(letters.Length)])
        );
        return "n" + string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void ForAllInvoices(Func<EInvoice, bool> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => property(Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Facts_written_in_both_syntaxes_are_read_back_equal() =>
        ForAllInvoices(facts =>
        {
            EInvoice[] read = [Reading.Read(facts.Cii()), Reading.Read(facts.Ubl())];
            return Array.TrueForAll(read, r => r.Facts() == facts.Facts() && r.Notices.Count == 0);
        });

    [Fact]
    public void Credit_notes_written_in_all_ways_are_read_back_equal() =>
        ForAllInvoices(facts =>
        {
            var credit = facts.Credited();
            var ways = new List<EInvoice>
            {
                Reading.Read(facts.Cii("381")),
                Reading.Read(facts.Ubl("381", "CreditNote")),
            };
            if (facts.GrossTotal > 0)
            {
                ways.Add(Reading.Read(credit.Cii()));
                ways.Add(Reading.Read(credit.Ubl()));
            }
            return ways.TrueForAll(r => r.Facts() == credit.Facts() && r.Notices.Count == 0);
        });
}
