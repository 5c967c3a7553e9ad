using Microsoft.EntityFrameworkCore;
using PorteOuverte.Analytics;
using PorteOuverte.Features.Accounting.ReadBooks;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.Portfolio;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Diagnosis.TakePicture;

/// <summary>Something a client owes.</summary>
internal sealed record OpenEntry(Id<Client> Client, string Number, DateOnly Date, DateOnly? DueOn, long Outstanding);

/// <summary>What a workspace tells of its portfolio.</summary>
/// <param name="Sales">Of each of the last months, the oldest first.</param>
/// <param name="Trends">By client; filled by whoever wants them, before they are asked for.</param>
internal sealed record Told(
    PortfolioFacts Facts,
    PaymentTerms PaymentTerms,
    IReadOnlyDictionary<Id<Client>, Holder> Holders,
    IReadOnlyList<OpenEntry> Open,
    LedgerMoney? Money,
    DateOnly? CashOn,
    IReadOnlyList<MonthlyCharge> Charges,
    IReadOnlyList<long> Sales,
    Dictionary<string, Trend?> Trends,
    IReadOnlyDictionary<Id<Client>, List<EntryFacts>>? Entries
);

/// <summary>A client with what was agreed with it.</summary>
/// <param name="Id">Itself, or the one it is merged into.</param>
internal sealed record Holder(Id<Client> Id, string Name, bool IsCollective, bool IsArchived, PaymentTerms Terms);

/// <summary>Gathers the facts of the portfolio: from the figures that are kept of each client, or, for another day or period, from all entries.</summary>
internal sealed class PortfolioFrom(AppDb db, PastBooks past)
{
    /// <returns>Null where nothing is told up to that day.</returns>
    public async Task<Told?> Take(Look look, CancellationToken cancellation)
    {
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancellation);
        var latest = await db.ClientFigures.MaxAsync(f => (DateOnly?)f.AsOf, cancellation);
        if (latest is null)
        {
            return null;
        }
        var asOf = look.AsOf is { } day && day < latest ? day : latest.Value;
        var holders = await Holders(workspace.PaymentTerms, cancellation);
        if (asOf == latest && look.Months == Look.Usual)
        {
            var kept = await db.ClientFigures.AsNoTracking().ToListAsync(cancellation);
            return await Of(
                look,
                workspace,
                asOf,
                holders,
                kept,
                await OpenNow(asOf, cancellation),
                null,
                cancellation
            );
        }
        IReadOnlyList<Entry> entries =
            asOf == latest
                ? await db.EntriesOn(asOf).AsNoTracking().ToListAsync(cancellation)
                : await past.Read(asOf, cancellation);
        var groups = entries
            .Where(e => holders.ContainsKey(e.ClientId))
            .GroupBy(e => holders[e.ClientId].Id)
            .ToDictionary(g => g.Key, g => g.Select(Facts).ToList());
        var figures = groups
            .Select(g => FiguresOf.Reckon(g.Key, g.Value, asOf, holders[g.Key].Terms, look.Months))
            .ToList();
        OpenEntry[] open =
        [
            .. entries
                .Where(e => e.Outstanding > 0 && holders.ContainsKey(e.ClientId))
                .Select(e => new OpenEntry(e.ClientId, e.Number, e.Date, e.DueOn, e.Outstanding)),
        ];
        return await Of(look, workspace, asOf, holders, figures, open, groups, cancellation);
    }

    private static EntryFacts Facts(Entry e) =>
        new(e.Kind, e.Date, e.BookedOn, e.DueOn, e.Amount, e.Counted, e.Net, e.Outstanding, e.PaidOn);

    // Deleted clients count nowhere; those merged into another count there.
    private async Task<Dictionary<Id<Client>, Holder>> Holders(PaymentTerms usual, CancellationToken cancellation)
    {
        var clients = await db
            .Clients.AsNoTracking()
            .Where(c => c.RemovedAt == null)
            .Select(c => new
            {
                c.Id,
                c.MergedInto,
                c.Name,
                c.IsCollective,
                IsArchived = c.ArchivedAt != null,
                c.PaymentDays,
                c.PaymentEndOfMonth,
            })
            .ToListAsync(cancellation);
        var own = clients.ToDictionary(
            c => c.Id,
            c => new Holder(
                c.Id,
                c.Name,
                c.IsCollective,
                c.IsArchived,
                c.PaymentDays is { } days ? new PaymentTerms(days, c.PaymentEndOfMonth) : usual
            )
        );
        return clients
            .Where(c => c.MergedInto is not { } into || own.ContainsKey(into))
            .ToDictionary(c => c.Id, c => own[c.MergedInto ?? c.Id]);
    }

    private async Task<IReadOnlyList<OpenEntry>> OpenNow(DateOnly asOf, CancellationToken cancellation) =>
        await db.EntriesOn(asOf)
            .AsNoTracking()
            .Where(e => e.Outstanding > 0)
            .Select(e => new OpenEntry(e.ClientId, e.Number, e.Date, e.DueOn, e.Outstanding))
            .ToListAsync(cancellation);

    private async Task<Told?> Of(
        Look look,
        Workspace workspace,
        DateOnly asOf,
        Dictionary<Id<Client>, Holder> holders,
        IReadOnlyList<ClientFigures> figures,
        IReadOnlyList<OpenEntry> open,
        Dictionary<Id<Client>, List<EntryFacts>>? entries,
        CancellationToken cancellation
    )
    {
        var trends = new Dictionary<string, Trend?>(StringComparer.Ordinal);
        // Of whom nothing was ever told there is nothing to tell.
        var spoken = figures
            .Where(f => holders.TryGetValue(f.ClientId, out var holder) && holder.Id == f.ClientId)
            .Where(f => f.Invoices + f.CreditNotes + f.Payments > 0 || f.Revenue != 0 || f.Balance != 0)
            .OrderBy(f => f.ClientId)
            .ToList();
        if (spoken.Count == 0)
        {
            return null;
        }
        open = [.. open.Where(o => holders.ContainsKey(o.Client))];
        var books = await db.Books.AsNoTracking().SingleOrDefaultAsync(cancellation);
        var money = (await db.BooksMoney.AsNoTracking().SingleOrDefaultAsync(cancellation))?.Read();
        var settings =
            await db.DiagnosisSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new DiagnosisSettings();
        var (firstByHand, daysByHand) = await ByHand(asOf, look.Months, cancellation);
        var from = PortfolioFacts.FirstOf(asOf, look.Months);
        var months = DiagnoseLedgerHandler.MonthsCovered(
            (a, b) => money?.HasEntries(a, b) == true || daysByHand.Exists(d => d >= a && d <= b),
            from,
            look.Months
        );
        // The books tell of charges up to their own end: what came in by hand later says nothing of them.
        var told = books?.LastEntry is { } last && last < asOf ? last : asOf;
        var toldFrom = PortfolioFacts.FirstOf(told, look.Months);
        var purchases = spoken.ConvertAll(f =>
        {
            var days = new List<int>();
            DayList.Unpack(f.PurchaseDays, days);
            return days;
        });
        var known = Known([.. purchases.Where((_, i) => !holders[spoken[i].ClientId].IsCollective)], told, asOf);
        var charged = money is null ? 1 : DiagnoseLedgerHandler.MonthsCovered(money.HasEntries, toldFrom, look.Months);
        var variable = settings.Variable;
        var charges = (money?.FixedCharges ?? [])
            .Select(c => (c.Account, Sum: LedgerMoney.Sum(c.Days, toldFrom, told)))
            .Where(c => c.Sum != 0)
            .ToList();
        var fixedSum = charges.Where(c => !variable.Contains(c.Account)).Sum(c => c.Sum);
        var follows = charges.Where(c => variable.Contains(c.Account)).Sum(c => c.Sum);
        var sales = new long[MonthSums.Months];
        spoken.ForEach(f => MonthSums.Add(f.MonthlySales ?? [], f.AsOf, sales, asOf));
        var first = firstByHand is { } hand && !(books?.FirstEntry <= hand) ? hand : books?.FirstEntry;
        return new Told(
            new PortfolioFacts
            {
                AsOf = asOf,
                Months = look.Months,
                First = first ?? asOf,
                Known = known,
                MonthsCovered = months,
                Clients = [.. spoken.Select(f => Report(f, holders[f.ClientId], known, trends))],
                PurchaseDays = (i, days) => days.AddRange(purchases[i].Where(d => d <= known.DayNumber)),
                Cash = money?.CashOn(told),
                MonthlyFixedCharges = PortfolioOf.Rounded(fixedSum, charged),
                // Of the months the books tell of; the sales are those of all that are known.
                Purchases = PortfolioOf.Rounded(
                    (follows + (money is null ? 0 : LedgerMoney.Sum(money.Purchases, toldFrom, told))) * months,
                    charged
                ),
                Ages = AgesOf.Items(open.Select(o => (Due(o, holders), o.Outstanding)), asOf),
                Terms = workspace.PaymentTerms.Days,
                Thresholds = workspace.Thresholds,
            },
            workspace.PaymentTerms,
            holders,
            open,
            money,
            money is null || money.Cash.Count == 0 ? null : told,
            [
                .. charges
                    .Select(c => new MonthlyCharge(
                        c.Account,
                        PortfolioOf.Rounded(c.Sum, charged),
                        variable.Contains(c.Account)
                    ))
                    .OrderByDescending(c => c.Monthly),
            ],
            sales,
            trends,
            entries
        );
    }

    // Up to when silence says something. Where the books end and some invoice comes in by hand months later, all others are
    // silent because nobody told of them: the books end there, not the clients. Whoever types on from the books tells of at
    // least half as many sales in the time since as the books did in as much time of their last year; then, as where there
    // are no books at all, everything is known up to the last of them.
    private static DateOnly Known(IReadOnlyCollection<List<int>> purchases, DateOnly told, DateOnly asOf)
    {
        const int Year = 365;
        var (end, since) = (told.DayNumber, asOf.DayNumber - told.DayNumber);
        var before = purchases.Sum(days => days.Count(d => d <= end && d > end - Year));
        var after = purchases.Sum(days => days.Count(d => d > end));
        return since == 0 || 2L * after * Year >= (long)before * since ? asOf : told;
    }

    internal static DateOnly Due(OpenEntry open, IReadOnlyDictionary<Id<Client>, Holder> holders) =>
        open.DueOn ?? holders[open.Client].Terms.DueOn(open.Date);

    private static ClientReport Report(
        ClientFigures f,
        Holder holder,
        DateOnly known,
        Dictionary<string, Trend?> trends
    )
    {
        var code = f.ClientId.ToString();
        return new ClientReport(() => trends.GetValueOrDefault(code))
        {
            Code = code,
            Name = holder.Name,
            IsCollective = holder.IsCollective,
            IsArchived = holder.IsArchived,
            // As many days as its invoices leave it: the end of the month is in them, and the due day that a document bears.
            Terms = f.MedianDelay - f.MedianDaysLate is { } agreed ? (int)Math.Ceiling(agreed) : holder.Terms.Days,
            Revenue = f.Revenue,
            RevenueTwelveMonths = f.RevenueTwelveMonths,
            RevenueYearBefore = f.RevenueYearBefore,
            Invoices = f.Invoices,
            CreditNotes = f.CreditNotes,
            Payments = f.Payments,
            OpenBalance = f.Balance,
            OldestOpenDays = f.AsOf.DayNumber - f.OldestOpen?.DayNumber,
            MedianDelay = f.MedianDelay,
            MeanDelay = f.MeanDelay,
            WeightedDelay = f.WeightedDelay,
            LateShare = f.LateShare,
            FirstInvoice = f.FirstInvoice,
            LastInvoice = f.LastInvoice,
            UsualInterval = f.UsualInterval,
            DaysSilent = f.LastInvoice is { } last ? Math.Max(0, known.DayNumber - last.DayNumber) : null,
        };
    }

    // The first day that people told of, and the days of the period: they count as known months too.
    private async Task<(DateOnly?, List<DateOnly>)> ByHand(DateOnly asOf, int months, CancellationToken cancellation)
    {
        var from = PortfolioFacts.FirstOf(asOf, months);
        var known = db
            .Entries.AsNoTracking()
            .Where(e => e.Reading == Entry.ByHand && e.RemovedAt == null && e.Currency == null && !e.IsCovered);
        return (
            await known.Where(e => e.BookedOn <= asOf).MinAsync(e => (DateOnly?)e.BookedOn, cancellation),
            await known
                .Where(e => e.BookedOn >= from && e.BookedOn <= asOf)
                .Select(e => e.BookedOn)
                .Distinct()
                .ToListAsync(cancellation)
        );
    }
}
