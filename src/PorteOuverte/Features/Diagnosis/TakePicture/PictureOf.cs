using Microsoft.EntityFrameworkCore;
using PorteOuverte.Analytics;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Diagnosis.Portfolio;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Diagnosis.TakePicture;

/// <summary>Makes the picture of a portfolio: its report, and what pages draw besides.</summary>
internal sealed class PictureOf(AppDb db)
{
    private const int DelaysOf = 6;
    private const int DelaysShown = 24;
    private const int OpenShown = 60;

    // Whose delays are followed: those who weigh most, and those who pay late.
    private const int Followed = 60;

    // A trend is about how a client pays now; below four payments it cannot be told from chance.
    private const int TrendLength = 100;
    private const int TrendLeast = 4;

    public async Task<Picture> Take(Told told, CancellationToken cancellation)
    {
        var facts = told.Facts;
        var report = PortfolioOf.Report(facts);
        var paid = await Paid(told, report, cancellation);
        foreach (var (code, invoices) in paid)
        {
            told.Trends[code] = Trend([.. invoices.TakeLast(TrendLength).Select(p => (double)p.Days)]);
        }
        var outlook = new OutlookOf(facts);
        return new Picture(report)
        {
            PaymentTerms = told.PaymentTerms,
            CashOn = told.CashOn,
            Lasts = outlook.Lasts(report, without: null),
            IfLost = [.. report.Runway.IfLost.Select(l => IfLost(outlook, report, l.Client))],
            Sales = [.. Months(facts.AsOf).Zip(told.Sales, (month, net) => new MonthSales(month, net))],
            Losses = Losses(report.Outlook),
            Delays =
            [
                .. report
                    .LatePayers.Take(DelaysOf)
                    .Select(c => new ClientDelays(
                        c.Code,
                        c.Name,
                        [.. paid.GetValueOrDefault(c.Code, []).TakeLast(DelaysShown)]
                    )),
            ],
            Open =
            [
                .. told
                    .Open.Select(o =>
                        (Entry: o, Holder: told.Holders[o.Client], Due: PortfolioFrom.Due(o, told.Holders))
                    )
                    .OrderBy(o => o.Due)
                    .ThenByDescending(o => o.Entry.Outstanding)
                    .Take(OpenShown)
                    .Select(o => new OpenInvoice(
                        o.Holder.Id.ToString(),
                        o.Holder.Name,
                        o.Entry.Number,
                        o.Entry.Date,
                        o.Due,
                        o.Entry.Outstanding
                    )),
            ],
            Charges = told.Charges,
        };
    }

    private static LossPicture IfLost(OutlookOf outlook, Report report, ClientReport lost)
    {
        var concentration = report.Concentration;
        var rest = (double)(concentration.Revenue - lost.RevenueTwelveMonths);
        var share = (double)lost.RevenueTwelveMonths / concentration.Revenue;
        var hhi = rest <= 0 ? 0 : (concentration.Hhi - (share * share)) / ((1 - share) * (1 - share));
        return new LossPicture(
            outlook.Lasts(report, lost),
            hhi > 1e-12 ? 1 / hhi : null,
            [
                .. concentration
                    .Clients.Where(w => w.Level is not null && w.Client.Code != lost.Code && rest > 0)
                    .Select(w => (w, After: w.Client.RevenueTwelveMonths / rest))
                    .Where(x => report.Thresholds.Of(x.After) > x.w.Level)
                    .Take(DelaysOf)
                    .Select(x => new Crossing(
                        x.w.Client.Code,
                        x.w.Client.Name,
                        x.After,
                        report.Thresholds.Of(x.After)
                    )),
            ]
        );
    }

    /// <summary>The invoices of those who are followed, by the day they were made out, and how long each took to be paid.</summary>
    private async Task<Dictionary<string, List<PaidInvoice>>> Paid(
        Told told,
        Report report,
        CancellationToken cancellation
    )
    {
        var followed = report
            .LatePayers.Take(Followed)
            .Concat(report.Clients.Where(c => !c.IsCollective).Take(Followed))
            .Select(c => Id<Client>.Parse(c.Code, null))
            .ToHashSet();
        var invoices = told.Entries is { } entries
            ? followed
                .SelectMany(id => entries.GetValueOrDefault(id, []).Select(e => (Holder: id, e.Kind, e.Date, e.PaidOn)))
                .Where(e => e.Kind == EntryKind.Invoice && e.PaidOn is not null)
                .Select(e => (e.Holder, e.Date, PaidOn: e.PaidOn!.Value))
            : await PaidNow(told, followed, cancellation);
        return invoices
            .GroupBy(e => e.Holder)
            .ToDictionary(
                g => g.Key.ToString(),
                g =>
                    g.OrderBy(e => e.Date)
                        .ThenBy(e => e.PaidOn)
                        .Select(e => new PaidInvoice(e.Date, e.PaidOn.DayNumber - e.Date.DayNumber))
                        .ToList()
            );
    }

    private async Task<IEnumerable<(Id<Client> Holder, DateOnly Date, DateOnly PaidOn)>> PaidNow(
        Told told,
        HashSet<Id<Client>> followed,
        CancellationToken cancellation
    )
    {
        Id<Client>[] concerned = [.. told.Holders.Where(h => followed.Contains(h.Value.Id)).Select(h => h.Key)];
        var asOf = told.Facts.AsOf;
        var paid = await db.EntriesOn(asOf)
            .AsNoTracking()
            .Where(e => concerned.Contains(e.ClientId) && e.Kind == EntryKind.Invoice && e.PaidOn != null)
            .Select(e => new
            {
                e.ClientId,
                e.Date,
                PaidOn = e.PaidOn!.Value,
            })
            .ToListAsync(cancellation);
        return paid.Select(e => (told.Holders[e.ClientId].Id, e.Date, e.PaidOn));
    }

    private static Trend? Trend(double[] delays)
    {
        if (delays.Length < TrendLeast)
        {
            return null;
        }
        var trend = Payments.Trend(delays);
        return new Trend(trend.S, trend.PValue, trend.Slope);
    }

    private static List<MonthLosses> Losses(Outlook outlook)
    {
        if (outlook.Departures is not { } departures)
        {
            return [];
        }
        var counts = departures.Losses.CountBy(l => (l.On.Year, l.On.Month)).ToDictionary();
        return [.. Months(outlook.AsOf).Select(m => new MonthLosses(m, counts.GetValueOrDefault((m.Year, m.Month))))];
    }

    private static List<DateOnly> Months(DateOnly asOf)
    {
        var last = new DateOnly(asOf.Year, asOf.Month, 1);
        return [.. Enumerable.Range(1 - MonthSums.Months, MonthSums.Months).Select(last.AddMonths)];
    }
}
