using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Diagnosis.Alerts;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>Books that end, and what people write down after them.</summary>
public sealed class BooksAndHandTests
{
    private static readonly DateOnly Begin = new(2024, 1, 1);
    private static readonly DateOnly End = new(2025, 12, 31);
    private static readonly string[] Names = ["Atelier", "Brasserie", "Cordonnerie", "Droguerie"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task A_payment_long_after_the_books_silences_nobody_and_is_known(string database)
    {
        await using var there = await Alarmed.Open(database);
        var clients = await Book(there);
        var before = await Seen(there);
        (before.AsOf, before.QuietCount, before.Outlook.AsOf).ShouldBe((End, 0, End));
        await Write(there, Clientele.Payment(new(2026, 6, 30), 1200)(clients[0]));
        var after = await Seen(there);
        (after.AsOf, after.QuietCount, after.Outlook.AsOf).ShouldBe((End, 0, End));
        after.Totals.RevenueTwelveMonths.ShouldBe(before.Totals.RevenueTwelveMonths);
        after.Totals.Receivable.ShouldBe(before.Totals.Receivable - 120_000);
        (await Seen(there, months: 24)).Totals.Receivable.ShouldBe(after.Totals.Receivable);
    }

    [Theory, BothDatabases]
    public async Task An_invoice_long_after_the_books_silences_nobody(string database)
    {
        await using var there = await Alarmed.Open(database);
        var clients = await Book(there);
        await Write(there, Clientele.Invoice("H-1", new(2026, 6, 30), 1000)(clients[0]));
        var report = await Seen(there);
        report.AsOf.ShouldBe(new DateOnly(2026, 6, 30));
        // What is silent since the end of the books are the books.
        (report.QuietCount, report.Outlook.AsOf, report.Outlook.Departures!.Count).ShouldBe((0, End, 0));
        report.Clients.ShouldAllBe(c => c.DaysSilent >= 0 && c.DaysSilent < 31);
    }

    [Theory, BothDatabases]
    public async Task Whoever_types_on_from_the_books_hears_of_who_falls_silent(string database)
    {
        await using var there = await Alarmed.Open(database);
        var clients = await Book(there);
        await Write(there, [.. clients.Take(3).SelectMany((c, i) => Monthly(i, new(2026, 1, 1), 6, Entry.ByHand, c))]);
        var report = await Seen(there);
        (report.AsOf, report.Outlook.AsOf).ShouldBe((new DateOnly(2026, 6, 7), new DateOnly(2026, 6, 7)));
        report.Quiet.ShouldHaveSingleItem().Name.ShouldBe("Droguerie");
    }

    [Theory, BothDatabases]
    public async Task Whoever_has_no_books_hears_of_who_falls_silent(string database)
    {
        await using var there = await Alarmed.Open(database);
        for (var i = 0; i < Names.Length; i++)
        {
            var months = i == 3 ? 24 : 30;
            var of = i;
            await Clientele.Add(
                there.House,
                there.Workspace,
                Names[i],
                null,
                [
                    .. Enumerable
                        .Range(0, months)
                        .Select(m => Clientele.Invoice($"{Names[of]}-{m}", Begin.AddMonths(m).AddDays(4 + of), 1000)),
                ]
            );
        }
        var report = await Seen(there);
        (report.AsOf, report.Outlook.AsOf).ShouldBe((new DateOnly(2026, 6, 7), new DateOnly(2026, 6, 7)));
        report.Quiet.ShouldHaveSingleItem().Name.ShouldBe("Droguerie");
    }

    [Theory, BothDatabases]
    public async Task Purchases_are_set_against_the_sales_of_as_many_months(string database)
    {
        await using var there = await Alarmed.Open(database);
        var clients = await Book(there);
        (await Seen(there)).Runway.PurchaseRate.ShouldBe(300.0 / 4000, 1e-9);
        await Write(there, Clientele.Invoice("H-1", new(2026, 6, 30), 1000)(clients[0]));
        // Seven months are told of now: six of the books, and June.
        (await Seen(there)).Runway.PurchaseRate.ShouldBe(300.0 * 7 / 25_000, 1e-9);
    }

    [Theory, BothDatabases]
    public async Task Books_that_run_past_today_are_looked_at_from_each_new_day(string database)
    {
        await using var there = await Alarmed.Open(database);
        await Book(there, new DateOnly(2026, 12, 31), 36);
        await there.Picture();
        (await Kept(there)).AsOf.ShouldBe(new DateOnly(2026, 11, 23));
        there.Clock.Now = Alarmed.Monday.AddDays(14);
        await there.Picture();
        (await Kept(there)).AsOf.ShouldBe(new DateOnly(2026, 12, 7));
    }

    [Theory, BothDatabases]
    public async Task Late_is_who_pays_after_the_day_it_is_due(string database)
    {
        await using var there = await Alarmed.Open(database);
        await Paying("À trente jours", due: null, terms: null);
        await Paying("L’échéance est écrite", due: 60, terms: null);
        await Paying("Fin de mois", due: null, terms: new PaymentTerms(45, EndOfMonth: true));
        var report = await Seen(there);
        report.LatePayers.ShouldHaveSingleItem().Name.ShouldBe("À trente jours");

        // In fifty days: on the fifth, forty-five days end of month are more.
        async Task Paying(string name, int? due, PaymentTerms? terms)
        {
            var id = await Clientele.Add(
                there.House,
                there.Workspace,
                name,
                null,
                [
                    .. Enumerable
                        .Range(0, 12)
                        .Select(m => new DateOnly(2025, 11, 5).AddMonths(m))
                        .SelectMany(day =>
                            new Func<Id<Client>, Entry>[]
                            {
                                client =>
                                {
                                    var entry = Clientele.Invoice($"{name} {day:O}", day, 100, day.AddDays(50))(client);
                                    entry.DueOn = due is { } days ? day.AddDays(days) : null;
                                    return entry;
                                },
                                Clientele.Payment(day.AddDays(50), 120),
                            }
                        ),
                ]
            );
            await there.House.In(
                there.Workspace,
                async (IServiceProvider services) =>
                {
                    var db = services.GetRequiredService<AppDb>();
                    var client = await db.Clients.SingleAsync(c => c.Id == id, Stop);
                    client.Describe(name, null, null, null, null, terms, isCollective: false);
                    await db.SaveChangesAsync(Stop);
                    await services.GetRequiredService<ReckonFiguresHandler>().Handle(clients: null, Stop);
                }
            );
        }
    }

    [Theory, BothDatabases]
    public async Task Sales_of_a_month_are_those_of_the_clients_that_are_there(string database)
    {
        await using var there = await Alarmed.Open(database);
        var clients = await Book(there);
        await there.House.In(
            there.Workspace,
            async (AppDb db) =>
            {
                // One deleted, and one merged into it.
                (await db.Clients.SingleAsync(c => c.Id == clients[2], Stop)).MergeInto(clients[3]);
                await db.SaveChangesAsync(Stop);
                await db
                    .Clients.Where(c => c.Id == clients[3])
                    .ExecuteUpdateAsync(c => c.SetProperty(x => x.RemovedAt, Alarmed.Monday), Stop);
            }
        );
        var credit = Clientele.Invoice("AV-1", new(2025, 11, 30), -300)(clients[0]);
        credit.Kind = EntryKind.CreditNote;
        await Write(there, credit);
        await there.Picture();
        foreach (var months in new[] { 12, 24 })
        {
            (await Picture(there, months))
                .Sales.Select(m => (m.Month, m.Net))
                .ShouldBe(Enumerable.Range(0, 24).Select(m => (Begin.AddMonths(m), m == 22 ? 170_000L : 200_000L)));
        }
    }

    [Theory, BothDatabases]
    public async Task Figures_of_an_older_version_are_reckoned_with_the_next_picture(string database)
    {
        await using var there = await Alarmed.Open(database);
        await Book(there);
        await there.Picture();
        await there.House.In(
            there.Workspace,
            (AppDb db) =>
                db.ClientFigures.ExecuteUpdateAsync(f => f.SetProperty(x => x.MonthlySales, (byte[]?)null), Stop)
        );
        await there.Picture();
        (await there.Ask(db => db.ClientFigures.CountAsync(f => f.MonthlySales == null, Stop))).ShouldBe(0);
    }

    /// <summary>Two years of books, of four clients that buy each month for 1 000 €, and of purchases of 300 € a month.</summary>
    private static async Task<List<Id<Client>>> Book(Alarmed there, DateOnly? end = null, int months = 24)
    {
        var clients = new List<Id<Client>>();
        foreach (var name in Names)
        {
            clients.Add(await Clientele.Add(there.House, there.Workspace, name));
        }
        var (last, days) = (
            end ?? End,
            Enumerable.Range(0, months).Select(m => Begin.AddMonths(m).AddDays(9)).ToList()
        );
        await there.House.In(
            there.Workspace,
            async (AppDb db) =>
            {
                db.Add(
                    new Books
                    {
                        Reading = 1,
                        FirstEntry = Begin,
                        LastEntry = last,
                    }
                );
                db.Add(
                    new BooksMoney
                    {
                        Reading = 1,
                        Content = BooksMoney.Write(
                            new LedgerMoney([], [], [.. days.Select(d => new DayAmount(d, 30_000))], days)
                        ),
                    }
                );
                await db.SaveChangesAsync(Stop);
            }
        );
        await Write(there, [.. clients.SelectMany((c, i) => Monthly(i, Begin, months, 1, c))]);
        return clients;
    }

    private static IEnumerable<Entry> Monthly(int of, DateOnly first, int months, long reading, Id<Client> client) =>
        Enumerable
            .Range(0, months)
            .Select(m => first.AddMonths(m).AddDays(4 + of))
            .Select(day => new Entry
            {
                Id = Id<Entry>.New(),
                Reading = reading,
                ClientId = client,
                Kind = EntryKind.Invoice,
                Number = string.Create(CultureInfo.InvariantCulture, $"{of}-{day:yyyyMMdd}"),
                Date = day,
                BookedOn = day,
                Net = 100_000,
                Vat = 20_000,
                Amount = 120_000,
                Counted = 120_000,
                Outstanding = 120_000,
            });

    private static Task Write(Alarmed there, params Entry[] entries) =>
        there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
            {
                var db = services.GetRequiredService<AppDb>();
                db.AddRange(entries.Cast<object>());
                await db.SaveChangesAsync(Stop);
                await services.GetRequiredService<ReckonFiguresHandler>().Handle(clients: null, Stop);
            }
        );

    private static async Task<Report> Seen(Alarmed there, int months = Look.Usual) =>
        (await Picture(there, months)).Report;

    private static async Task<Picture> Picture(Alarmed there, int months)
    {
        Picture? picture = null;
        await there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
            {
                var told = await services.GetRequiredService<PortfolioFrom>().Take(new Look(null, months), Stop);
                picture = await services.GetRequiredService<PictureOf>().Take(told!, Stop);
            }
        );
        return picture!;
    }

    private static async Task<Report> Kept(Alarmed there) =>
        KeptReport.Read(await there.Ask(db => db.Pictures.Select(p => p.Content).SingleAsync(Stop)))!.Report;
}
