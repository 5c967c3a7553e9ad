using System.Text.Json;
using PorteOuverte.Analytics;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.TakePicture;

/// <summary>A picture as text. Lists keep their first entries, so that its size does not grow with the portfolio; a client is written once and named by its place.</summary>
internal sealed record KeptReport
{
    /// <summary>To be raised whenever another shape, or another meaning, is given to what is kept.</summary>
    public const int Format = 1;

    private const int Most = 60;

    public required DateOnly AsOf { get; init; }
    public required int Months { get; init; }
    public required DateOnly First { get; init; }
    public required int Terms { get; init; }
    public required double[] Lines { get; init; }
    public required int MonthsCovered { get; init; }
    public required Totals Totals { get; init; }
    public required AgeBand[] Ages { get; init; }
    public required int[] Counts { get; init; }
    public required Row[] Clients { get; init; }
    public required int[] Late { get; init; }
    public required int[] Quiet { get; init; }
    public required ConcentrationReport Weights { get; init; }
    public required Weight[] Heavy { get; init; }
    public required double? MonthsNow { get; init; }
    public required double PurchaseRate { get; init; }
    public required Loss[] IfLost { get; init; }
    public required DateOnly Known { get; init; }
    public required int DaysCovered { get; init; }
    public required SilenceReport Silence { get; init; }
    public required Silent[] Silences { get; init; }
    public required DeparturesReport? Departures { get; init; }
    public required Left[] Losses { get; init; }
    public required BandReport? Band { get; init; }
    public required Picture Rest { get; init; }

    public sealed record Row(
        string Code,
        string Name,
        bool IsCollective,
        int Terms,
        long[] Money,
        int[] Counts,
        int? OldestOpenDays,
        double? MedianDelay,
        double? MeanDelay,
        double? WeightedDelay,
        double? LateShare,
        DateOnly? FirstInvoice,
        DateOnly? LastInvoice,
        double? UsualInterval,
        int? DaysSilent,
        Trend? Trend
    );

    public sealed record Weight(int Client, double Share, Level? Level, ToWinElsewhere? ToWin);

    public sealed record Loss(int Client, long MonthlyShortfall, double? Months);

    public sealed record Silent(
        int Client,
        int Days,
        int Rank,
        double Gap,
        double Ratio,
        double Alive,
        double Purchase
    );

    public sealed record Left(int Client, DateOnly On);

    public static string Write(Picture picture)
    {
        var report = picture.Report;
        var rows = new List<Row>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var (outlook, concentration) = (report.Outlook, report.Concentration);
        var silences = Spoken(report);
        return JsonSerializer.Serialize(
            new KeptReport
            {
                AsOf = report.AsOf,
                Months = report.Months,
                First = report.FirstEntry,
                Terms = report.Terms,
                Lines = [report.Thresholds.Healthy, report.Thresholds.High, report.Thresholds.Danger],
                MonthsCovered = report.MonthsCovered,
                Totals = report.Totals,
                Ages = [.. report.Ages],
                Counts = [report.ClientCount, report.QuietCount, report.LateCount],
                Late = [.. report.LatePayers.Take(Most).Select(Place)],
                Quiet = [.. report.Quiet.Take(Most).Select(Place)],
                Weights = concentration with { Clients = [] },
                Heavy =
                [
                    .. concentration
                        .Clients.Take(Most)
                        .Select(w => new Weight(Place(w.Client), w.Share, w.Level, w.ToWinElsewhere)),
                ],
                MonthsNow = report.Runway.MonthsNow,
                PurchaseRate = report.Runway.PurchaseRate,
                IfLost = [.. report.Runway.IfLost.Select(l => new Loss(Place(l.Client), l.MonthlyShortfall, l.Months))],
                Known = outlook.AsOf,
                DaysCovered = outlook.DaysCovered,
                Silence = outlook.Silence with { Clients = [] },
                Silences =
                [
                    .. silences.Select(s => new Silent(
                        Place(s.Client),
                        s.DaysSilent,
                        s.RecencyRank,
                        s.UsualGapDays,
                        s.Ratio,
                        s.ProbabilityAlive,
                        s.ProbabilityOfPurchase
                    )),
                ],
                Departures = outlook.Departures is { } departures ? departures with { Losses = [] } : null,
                Losses =
                [
                    .. (outlook.Departures?.Losses ?? []).Take(Most).Select(l => new Left(Place(l.Client), l.On)),
                ],
                Band = outlook.Band,
                Rest = picture with { Report = null! },
                Clients = [.. rows],
            },
            JsonSerializerOptions.Web
        );

        int Place(ClientReport client)
        {
            if (!places.TryGetValue(client.Code, out var place))
            {
                places.Add(client.Code, place = rows.Count);
                rows.Add(RowOf(client));
            }
            return place;
        }
    }

    /// <returns>Null where nothing is told.</returns>
    public static Picture? Read(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }
        var kept = JsonSerializer.Deserialize<KeptReport>(text, JsonSerializerOptions.Web)!;
        return kept.Rest with { Report = kept.Report() };
    }

    // Of all silences those of the clients that are spoken of, and the least likely to be still there.
    private static IEnumerable<Silence> Spoken(Report report)
    {
        var spoken = report
            .Quiet.Take(Most)
            .Concat(report.Concentration.Clients.Take(Most).Select(w => w.Client))
            .Select(c => c.Code)
            .ToHashSet(StringComparer.Ordinal);
        return report.Outlook.Silence.Clients.Where((s, i) => i < Most || spoken.Contains(s.Client.Code));
    }

    private static Row RowOf(ClientReport client) =>
        new(
            client.Code,
            client.Name,
            client.IsCollective,
            client.Terms,
            [client.Revenue, client.RevenueTwelveMonths, client.RevenueYearBefore, client.OpenBalance],
            [client.Invoices, client.CreditNotes, client.Payments],
            client.OldestOpenDays,
            client.MedianDelay,
            client.MeanDelay,
            client.WeightedDelay,
            client.LateShare,
            client.FirstInvoice,
            client.LastInvoice,
            client.UsualInterval,
            client.DaysSilent,
            client.DelayTrend
        );

    private static ClientReport Of(Row row) =>
        new(() => row.Trend)
        {
            Code = row.Code,
            Name = row.Name,
            IsCollective = row.IsCollective,
            Terms = row.Terms,
            Revenue = row.Money[0],
            RevenueTwelveMonths = row.Money[1],
            RevenueYearBefore = row.Money[2],
            OpenBalance = row.Money[3],
            Invoices = row.Counts[0],
            CreditNotes = row.Counts[1],
            Payments = row.Counts[2],
            OldestOpenDays = row.OldestOpenDays,
            MedianDelay = row.MedianDelay,
            MeanDelay = row.MeanDelay,
            WeightedDelay = row.WeightedDelay,
            LateShare = row.LateShare,
            FirstInvoice = row.FirstInvoice,
            LastInvoice = row.LastInvoice,
            UsualInterval = row.UsualInterval,
            DaysSilent = row.DaysSilent,
        };

    private Report Report()
    {
        ClientReport[] clients = [.. Clients.Select(Of)];
        var outlook = new Outlook(
            Known,
            DaysCovered,
            Silence with
            {
                Clients =
                [
                    .. Silences.Select(s => new Silence(
                        clients[s.Client],
                        s.Days,
                        s.Rank,
                        s.Gap,
                        s.Ratio,
                        s.Alive,
                        s.Purchase
                    )),
                ],
            },
            Departures is null
                ? null
                : Departures with
                {
                    Losses = [.. Losses.Select(l => new Departure(clients[l.Client], l.On))],
                },
            Band
        );
        return new Report(() => outlook)
        {
            AsOf = AsOf,
            Months = Months,
            FirstEntry = First,
            Terms = Terms,
            Thresholds = new Thresholds(Lines[0], Lines[1], Lines[2]),
            Files = [],
            Totals = Totals,
            Concentration = Weights with
            {
                Clients = [.. Heavy.Select(w => new ClientWeight(clients[w.Client], w.Share, w.Level, w.ToWin))],
            },
            Clients = clients,
            Runway = new RunwayReport(
                MonthsNow,
                PurchaseRate,
                [.. IfLost.Select(l => new LossReport(clients[l.Client], l.MonthlyShortfall, l.Months))]
            ),
            MonthsCovered = MonthsCovered,
            Ages = Ages,
            LatePayers = [.. Late.Select(i => clients[i])],
            Quiet = [.. Quiet.Select(i => clients[i])],
            ClientCount = Counts[0],
            QuietCount = Counts[1],
            LateCount = Counts[2],
        };
    }
}
