using System.Globalization;
using PorteOuverte.Analytics;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>Reports made by hand: every case of a sentence without a file that happens to show it.</summary>
internal static class ReportBuilder
{
    public static readonly DateOnly AsOf = new(2026, 11, 22);

    public static Texts French { get; } = new(typeof(DiagnosisText), CultureInfo.GetCultureInfo("fr"));

    public static Texts English { get; } = new(typeof(DiagnosisText), CultureInfo.GetCultureInfo("en"));

    public static Texts In(string language) => language == "fr" ? French : English;

    /// <summary>A client; amounts in euros.</summary>
    public static ClientReport Client(
        string name,
        long revenue,
        bool collective = false,
        int? silent = 10,
        double? usual = 30,
        double? delay = 28,
        long open = 0,
        long yearBefore = 0,
        Trend? trend = null,
        string? code = null
    ) =>
        new(() => trend)
        {
            Code = code ?? "C" + name,
            Name = name,
            IsCollective = collective,
            Terms = 30,
            Revenue = revenue * 100,
            RevenueTwelveMonths = revenue * 100,
            RevenueYearBefore = yearBefore * 100,
            Invoices = 12,
            CreditNotes = 0,
            Payments = 11,
            OpenBalance = open * 100,
            OldestOpenDays = open > 0 ? 40 : null,
            MedianDelay = delay,
            MeanDelay = delay,
            WeightedDelay = delay,
            LateShare = delay > 30 ? 0.8 : 0,
            FirstInvoice = new DateOnly(2024, 3, 1),
            LastInvoice = silent is { } days ? AsOf.AddDays(-days) : null,
            UsualInterval = usual,
            DaysSilent = silent,
        };

    public static Report Report(
        IReadOnlyList<ClientReport> clients,
        double? monthsNow = 14,
        double? monthsIfLost = 7,
        long cash = 60_000,
        IReadOnlyList<LedgerFile>? files = null,
        int months = 12,
        Outlook? outlook = null
    )
    {
        var thresholds = Thresholds.Default;
        var positive = clients
            .Where(c => c.RevenueTwelveMonths > 0)
            .OrderByDescending(c => c.RevenueTwelveMonths)
            .ToList();
        var total = positive.Sum(c => c.RevenueTwelveMonths);
        long ToWin(ClientReport c, double line) => Math.Max(0, (long)(c.RevenueTwelveMonths / line) - total);
        var weights = positive.ConvertAll(c =>
        {
            var share = (double)c.RevenueTwelveMonths / total;
            return c.IsCollective
                ? new ClientWeight(c, share, null, null)
                : new ClientWeight(
                    c,
                    share,
                    thresholds.Of(share),
                    new ToWinElsewhere(ToWin(c, 0.25), ToWin(c, 0.2), ToWin(c, 0.1))
                );
        });
        var single = weights.FindAll(w => w.Level is not null);
        var hhi = single.Sum(w => w.Share * w.Share);
        var late = clients.Where(c => c.MedianDelay > 30 && !c.IsCollective).ToList();
        var quiet = clients
            .Where(c => !c.IsCollective && c.DaysSilent > 2 * c.UsualInterval && c.DaysSilent > 30)
            .ToList();
        return new Report(() => outlook ?? Calm(clients, cash * 100))
        {
            AsOf = AsOf,
            FirstEntry = (files ?? [File()]).Min(f => f.FirstEntry) ?? AsOf,
            Terms = 30,
            Thresholds = thresholds,
            Files = files ?? [File()],
            Totals = new Totals(
                total,
                total,
                12 * clients.Count,
                0,
                11 * clients.Count,
                clients.Sum(c => c.OpenBalance),
                cash * 100,
                420_000
            ),
            Concentration = new ConcentrationReport(
                AsOf.AddYears(-1).AddDays(1),
                AsOf,
                total,
                hhi,
                single.Count == 0 ? null : 1 / hhi,
                single.Count == 0 ? 0 : single[0].Share,
                single.Take(3).Sum(w => w.Share),
                single.Count,
                single.Sum(w => w.Client.RevenueTwelveMonths),
                weights
            ),
            Clients = clients,
            Runway = new RunwayReport(
                monthsNow,
                0.3,
                [
                    .. single
                        .Take(5)
                        .Select(w => new LossReport(w.Client, w.Client.RevenueTwelveMonths / 12, monthsIfLost)),
                ]
            ),
            MonthsCovered = months,
            Ages =
            [
                new AgeBand(null, null, clients.Sum(c => c.OpenBalance), clients.Count(c => c.OpenBalance > 0)),
                new AgeBand(1, 30, 0, 0),
                new AgeBand(31, 60, 0, 0),
                new AgeBand(61, 90, 0, 0),
                new AgeBand(91, null, 0, 0),
            ],
            LatePayers = late,
            LateCount = late.Count,
            Quiet = quiet,
            QuietCount = quiet.Count,
            ClientCount = clients.Count,
        };
    }

    /// <summary>An outlook in which nothing stands out but the silences of the clients.</summary>
    public static Outlook Calm(IReadOnlyList<ClientReport> clients, long cash) =>
        new(
            AsOf,
            1057,
            new SilenceReport(
                QuietMethod.OwnRhythm,
                QuietReason.TooFewRepeaters,
                23,
                40,
                91,
                clients.Count(c => c is { IsCollective: false, DaysSilent: not null }),
                [
                    .. clients
                        .Where(c => c is { IsCollective: false, DaysSilent: not null })
                        .OrderByDescending(c => c.DaysSilent)
                        .Select(
                            (c, i) =>
                                new Silence(c, c.DaysSilent!.Value, i + 1, 30, 3, c.DaysSilent > 60 ? 0.08 : 0.97, 0.5)
                        ),
                ]
            ),
            Departures(LossLevel.NoSignOfClustering),
            new BandReport(
                [
                    .. Enumerable
                        .Range(1, 24)
                        .Select(m => new BandMonth(m, cash - (m * 600_000), cash - (m * 300_000), cash, m / 50.0)),
                ],
                0.012,
                4_000,
                null
            )
        );

    /// <summary>A verdict; the losses are dated a month apart.</summary>
    public static DeparturesReport Departures(
        LossLevel level,
        int losses = 0,
        double p = 1,
        int observed = 0,
        int? window = null,
        int past = 0
    ) =>
        new(
            level,
            [
                .. Enumerable
                    .Range(0, losses)
                    .Select(i => new Departure(Client($"Parti {i + 1}", 900), AsOf.AddDays(-90 - (30 * i)))),
            ],
            losses,
            730,
            p,
            window,
            observed,
            0.4,
            new Detectability(91, past, 3, 4)
        );

    public static LedgerFile File(
        string name = "123456782FEC20261231.txt",
        IReadOnlyList<Notice>? notices = null,
        IReadOnlyList<RejectedLine>? rejected = null,
        int? truncatedAt = null
    ) =>
        new()
        {
            Name = name,
            Encoding = "utf-8",
            Separator = '\t',
            Lines = 12_605,
            Rejected = rejected?.Count ?? 0,
            Debit = 100,
            Credit = 100,
            FirstEntry = new DateOnly(2024, 1, 1),
            LastEntry = AsOf,
            Notices = notices ?? [],
            RejectedLines = rejected ?? [],
            TruncatedAt = truncatedAt,
        };

    /// <summary>One client over the danger line, two quiet, one who pays ever later.</summary>
    public static Report Agency() =>
        Report(
            [
                Client(
                    "Verrerie de la Grève",
                    62_000,
                    delay: 61,
                    open: 9_300,
                    trend: new Trend(40, 0.01, 2.2),
                    yearBefore: 51_000
                ),
                Client("Mutuelle du Marché", 36_400, delay: 48, open: 120, trend: new Trend(-40, 0.02, -0.3)),
                Client("Éditions du Vieux Pont", 23_800),
                .. Enumerable
                    .Range(1, 34)
                    .Select(i => Client($"Atelier {i.ToString(CultureInfo.InvariantCulture)}", 2_200 - (i * 10))),
                Client("Garage Saint-Aubin", 16_200, silent: 94, usual: 31),
                Client("Théâtre de Noël", 5_100, silent: 171, usual: 45),
                Client("", 4_400, collective: true, code: LedgerFacts.DirectCode),
            ],
            files:
            [
                File(
                    notices:
                    [
                        new Notice(NoticeCode.Padded, 926, 2, "JournalCode", "VE  ", "VE"),
                        new Notice(NoticeCode.Padded, 12, 4, "CompteLib", "VENTE ", "VENTE"),
                        new Notice(NoticeCode.UnbalancedFile, 1, 0, null, "1234.56", "1200.00"),
                    ],
                    rejected:
                    [
                        .. Enumerable
                            .Range(3, 25)
                            .Select(i => new RejectedLine(i, "Debit", RejectReason.Amount, "12,x5")),
                    ]
                ),
            ]
        );
}
