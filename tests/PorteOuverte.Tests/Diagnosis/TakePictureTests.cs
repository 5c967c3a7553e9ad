using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Tests.Accounting;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>Every figure of the home page is the library's on the same files (W1–W3, D6).</summary>
public sealed class TakePictureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", "fec/quadra/123456789FEC20190731.txt", "2018-12-31")]
    [InlineData("postgres", "fec/quadra/123456789FEC20190731.txt", "2019-03-17", Traits = ["Category", "Postgres"])]
    [InlineData("sqlite", "fec/odicom/123456789FEC20200331.txt", "2019-12-31")]
    [InlineData("sqlite", "fec/istea/123456789FEC20201231.txt", "2020-06-30")]
    [InlineData("sqlite", "fec/padded/111111111FEC20221231.TXT", "2023-05-15")]
    [InlineData("sqlite", "fec/own-made/odoo_123456789FEC20211231.txt", "2021-05-02")]
    public async Task The_picture_says_what_the_diagnosis_of_the_same_files_says(
        string database,
        string file,
        string past
    )
    {
        var path = Corpus.Path(file);
        await using var books = await Bookkeeper.Open(database);
        await books.Import(path);
        var codes = await books.House.Ask(
            books.Workspace,
            db => db.ClientCodes.ToDictionaryAsync(c => c.Code, c => c.ClientId.ToString(), Cancellation)
        );
        foreach (var look in new[] { Look.Now, Look.Of(past, null) })
        {
            var picture = await Taken(books, look);
            var report = DiagnoseLedgerHandler.Handle(
                new DiagnoseLedger([LedgerSource.FromFile(path)], look.AsOf),
                null,
                Cancellation
            );
            var (mine, theirs) = (Told(picture.Report, code => code), Told(report, code => codes[code]));
            mine.Except(theirs).ShouldBeEmpty(look.ToString());
            theirs.Except(mine).ShouldBeEmpty(look.ToString());
            picture.Report.Outlook.Departures?.Level.ShouldBe(report.Outlook.Departures!.Level);
        }
    }

    [Theory, BothDatabases]
    public async Task A_change_by_hand_is_in_the_next_picture(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Corpus.Path("fec/own-made/odoo_123456789FEC20211231.txt"));
        var before = (await Taken(books, Look.Now)).Report.Totals.Revenue;
        await books.House.In(
            books.Workspace,
            async (IServiceProvider services) =>
            {
                var db = services.GetRequiredService<AppDb>();
                var client = await db.Clients.Select(c => c.Id).FirstAsync(Cancellation);
                db.Add(
                    new Entry
                    {
                        Id = Id<Entry>.New(),
                        Reading = Entry.ByHand,
                        ClientId = client,
                        Kind = EntryKind.Invoice,
                        Number = "H-1",
                        Date = new DateOnly(2021, 12, 31),
                        BookedOn = new DateOnly(2021, 12, 31),
                        Amount = 120_000,
                        Counted = 120_000,
                        Net = 100_000,
                        Outstanding = 120_000,
                    }
                );
                await db.SaveChangesAsync(Cancellation);
                await services.GetRequiredService<ReckonFiguresHandler>().Handle([client], Cancellation);
            }
        );
        await Wait.Until(async () => (await Taken(books, Look.Now)).Report.Totals.Revenue == before + 100_000);
    }

    /// <summary>The picture of a look; asked for where nobody keeps it.</summary>
    private static async Task<Picture> Taken(Bookkeeper books, Look look)
    {
        var key = look.ToString();
        if (look != Look.Now)
        {
            await books.House.In(
                books.Workspace,
                async (IServiceProvider services) =>
                {
                    services.GetRequiredService<JobQueue>().Ask<TakePicture>(key);
                    await services.GetRequiredService<AppDb>().SaveChangesAsync(Cancellation);
                }
            );
        }
        string? content = null;
        await Wait.Until(async () =>
        {
            content = await books.House.Ask(
                books.Workspace,
                db => db.Pictures.Where(p => p.Look == key).Select(p => p.Content).SingleOrDefaultAsync(Cancellation)
            );
            return content is not null;
        });
        return KeptReport.Read(content!)!;
    }

    // Every figure of every widget, in words that do not depend on order among equals.
    private static List<string> Told(Report r, Func<string, string> code)
    {
        var told = new List<string>();
        void Say(string what, params object?[] values) =>
            told.Add(
                what
                    + " "
                    + string.Join(
                        " ",
                        values.Select(v =>
                            v switch
                            {
                                double d => Math.Round(d, 6).ToString("R", CultureInfo.InvariantCulture),
                                null => "–",
                                _ => Convert.ToString(v, CultureInfo.InvariantCulture),
                            }
                        )
                    )
            );
        Say("totals", r.AsOf, r.FirstEntry, r.MonthsCovered, r.Totals, r.QuietCount, r.LateCount);
        var c = r.Concentration;
        Say("weight", c.From, c.To, c.Revenue, c.Hhi, c.EffectiveClients, c.TopShare, c.TopThreeShare, c.Singles);
        foreach (var w in c.Clients.Take(40))
        {
            Say("share", code(w.Client.Code), w.Share, w.Level, w.ToWinElsewhere);
        }
        Say("runway", r.Runway.MonthsNow, r.Runway.PurchaseRate);
        foreach (var l in r.Runway.IfLost)
        {
            Say("lost", code(l.Client.Code), l.MonthlyShortfall, l.Months);
        }
        foreach (var a in r.Ages)
        {
            Say("age", a);
        }
        foreach (var l in r.LatePayers.Take(40))
        {
            Say("late", code(l.Code), l.MedianDelay, l.WeightedDelay, l.LateShare, l.OpenBalance, l.DelayTrend);
        }
        foreach (var q in r.Quiet.Take(40))
        {
            Say("quiet", code(q.Code), q.DaysSilent, q.UsualInterval, q.RevenueTwelveMonths, q.RevenueYearBefore);
        }
        var o = r.Outlook;
        Say("silence", o.AsOf, o.DaysCovered, o.Silence.Method, o.Silence.Reason, o.Silence.Repeaters, o.Silence.Count);
        var quiet = r.Quiet.Take(40).Select(q => q.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var s in o.Silence.Clients.Where(s => quiet.Contains(s.Client.Code)))
        {
            Say("silent", code(s.Client.Code), s.DaysSilent, s.RecencyRank, s.UsualGapDays, s.Ratio, s.ProbabilityAlive);
        }
        if (o.Departures is { } d)
        {
            Say("departures", d.Level, d.Count, d.HorizonDays, d.PValue, d.WindowDays, d.Observed, d.Expected);
            Say("detectable", d.Detectable);
            foreach (var l in d.Losses.Take(40))
            {
                Say("left", code(l.Client.Code), l.On);
            }
        }
        foreach (var m in o.Band?.Months ?? [])
        {
            Say("band", m.Month, m.Low / 100, m.Median / 100, m.High / 100, m.ProbabilityOut);
        }
        told.Sort(StringComparer.Ordinal);
        return told;
    }
}
