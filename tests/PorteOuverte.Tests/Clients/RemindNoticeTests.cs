using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.RemindNotice;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

/// <summary>W5: a reminder before each deadline.</summary>
public sealed class RemindNoticeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task A_month_before_whoever_leads_is_told_once(string database)
    {
        var clock = new Day(2026, 11, 22);
        await using var there = await Portfolio.Open(database, clock: clock);
        var lead = new Id<Person>(there.Person.Id);
        var id = await Add(there, clock, new(2027, 2, 28), notice: 2, renewal: 12, lead);
        var unsaid = (await there.Deeds()).Count(d => d == "row.changed");
        await Night(there);
        (await Mails(there)).ShouldBeEmpty();
        // Notice by 28 December: from 28 November on.
        clock.Now = new(2026, 11, 28, 4, 30, 0, TimeSpan.Zero);
        await Night(there);
        var mail = (await Mails(there)).ShouldHaveSingleItem();
        mail.ToAddress.ShouldBe(there.Person.Email);
        mail.Subject.ShouldBe("Chocolaterie du Chêne, Maintenance\u00A0: à décider avant le 28/12/2026");
        mail.Text.ShouldContain(
            "repart d’elle-même pour 12\u00A0mois, sauf si l’on prévient avant le 28\u00A0décembre 2026"
        );
        mail.Text.ShouldContain($"https://porte.example.fr/e/{there.Workspace}/engagements/{id}");
        // Each night after it: nothing more, until the next deadline is near.
        clock.Now = clock.Now.AddDays(1);
        await Night(there);
        (await Mails(there)).Count.ShouldBe(1);
        clock.Now = new(2026, 12, 29, 4, 30, 0, TimeSpan.Zero);
        await Night(there);
        (await Mails(there)).Count.ShouldBe(1);
        (await there.Ask(db => db.Engagements.Select(e => e.NoticeBy).SingleAsync(Stop))).ShouldBe(
            new DateOnly(2027, 12, 28)
        );
        (await there.Ask(db => db.Engagements.Select(e => e.TermEndsOn).SingleAsync(Stop))).ShouldBe(
            new DateOnly(2027, 2, 28)
        );
        clock.Now = new(2027, 12, 1, 4, 30, 0, TimeSpan.Zero);
        await Night(there);
        (await Mails(there)).Count.ShouldBe(2);
        (await there.Deeds()).Count(d => d == "engagement.reminded").ShouldBe(2);
        (await there.Deeds()).Count(d => d == "row.changed").ShouldBe(unsaid);
    }

    [Theory, BothDatabases]
    public async Task Where_nobody_leads_the_owners_are_told_in_their_language(string database)
    {
        var clock = new Day(2026, 11, 22);
        await using var there = await Portfolio.Open(database, clock: clock);
        using var member = await there.Colleague(Role.Manager);
        await there.House.In(
            there.Workspace,
            async (AppDb db) =>
            {
                (await db.People.SingleAsync(p => p.Id == there.Person.Id, Stop)).Language = "en";
                await db.SaveChangesAsync(Stop);
            }
        );
        await Add(there, clock, new(2026, 12, 1), notice: null, renewal: null, lead: null);
        await Night(there);
        var mail = (await Mails(there)).ShouldHaveSingleItem();
        mail.ToAddress.ShouldBe(there.Person.Email);
        mail.Text.ShouldContain("The engagement “Maintenance” at Chocolaterie du Chêne ends on 1\u00A0December 2026");
    }

    [Theory, BothDatabases]
    public async Task Of_what_is_put_away_nobody_is_told(string database)
    {
        var clock = new Day(2026, 11, 22);
        await using var there = await Portfolio.Open(database, clock: clock);
        await Add(there, clock, new(2026, 12, 1), notice: null, renewal: null, lead: null);
        await there.Change(_ => true, c => c.Archive(clock.Now.UtcDateTime));
        await Night(there);
        (await Mails(there)).ShouldBeEmpty();
        await there.Change(_ => true, c => c.TakeUpAgain());
        await Task.WhenAll(Night(there), Night(there));
        (await Mails(there)).Count.ShouldBe(1);
    }

    private static async Task<Id<Engagement>> Add(
        Portfolio there,
        Day clock,
        DateOnly end,
        int? notice,
        int? renewal,
        Id<Person>? lead
    )
    {
        var engagement = new Engagement(there.Client);
        engagement.Describe("Maintenance", EngagementKind.Retainer, null, lead);
        engagement.Last(null, end, notice, renewal);
        engagement.Follow(DateOnly.FromDateTime(clock.Now.UtcDateTime));
        await there.House.In(
            there.Workspace,
            async (AppDb db) =>
            {
                db.Add(engagement);
                await db.SaveChangesAsync(Stop);
            }
        );
        return engagement.Id;
    }

    private static Task Night(Portfolio there) =>
        there.House.In(
            there.Workspace,
            async services =>
            {
                var run = new JobRun
                {
                    Job = RemindNotice.Name,
                    Occasion = "",
                    CreatedAt = default,
                };
                await services.GetRequiredService<RemindNotice>().Do(run, null!, Stop);
            }
        );

    private static Task<List<OutgoingMail>> Mails(Portfolio there) =>
        there.Ask(db => db.Mails.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Stop));

    private sealed class Day(int year, int month, int day) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(year, month, day, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
