using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Features.Diagnosis.SendWeekly;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Diagnosis.Alerts;

/// <summary>The weekly mail: each Monday at seven, once, to those who want it.</summary>
public sealed class SendWeeklyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task It_is_written_on_Monday_at_seven_and_once(string database)
    {
        await using var there = await Ready(database);
        there.Clock.Now = Alarmed.Monday.AddSeconds(-1);
        await Look(there);
        (await there.Mails()).ShouldBeEmpty();
        var planned = (await Planned(there)).ShouldHaveSingleItem();
        planned.ShouldBe("week-2026-11-23");
        there.Clock.Now = Alarmed.Monday;
        // Killed before its end: nothing has left, and the next writes it.
        await there.Do<SendWeekly>(SendWeekly.Name, dies: true);
        (await there.Mails()).ShouldBeEmpty();
        await Look(there);
        var mail = (await there.Mails()).ShouldHaveSingleItem();
        mail.ToAddress.ShouldBe(there.Person.Email);
        mail.Subject.ShouldBe("Atelier Véga\u00A0: 2\u00A0points à regarder pour commencer");
        mail.Text.ShouldContain("C’ÉTAIT DÉJÀ AINSI À VOTRE ARRIVÉE");
        mail.Text.ShouldContain("Verrerie de la Grève pèse 32\u00A0%");
        mail.Text.ShouldContain("D’après les comptes au 1er\u00A0novembre 2026.");
        // How urgent it is does not hang on a colour, and what to do is said.
        foreach (var words in new[] { mail.Text, WebUtility.HtmlDecode(mail.Html!) })
        {
            words.ShouldContain("urgent · Pour passer sous 25\u00A0%\u00A0: ");
            words.ShouldContain("à surveiller");
        }
        mail.Text.ShouldContain($"https://porte.example.fr{there.Here}/today");
        mail.Text.ShouldContain($"https://porte.example.fr{there.Here}/account/weekly");
        foreach (var hours in new[] { 0, 1, 24, 6 * 24 })
        {
            there.Clock.Now = Alarmed.Monday.AddHours(hours);
            await Look(there);
        }
        (await there.Mails()).Count.ShouldBe(1);
        (await Planned(there)).ShouldBe(["week-2026-11-23", "week-2026-11-30"], ignoreOrder: true);
        (await there.Deeds()).Count(d => d == "weekly.sent").ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_Monday_missed_is_made_up_for_later_that_week(string database)
    {
        await using var there = await Ready(database);
        there.Clock.Now = Alarmed.Monday.AddDays(3);
        await Look(there);
        (await there.Mails()).Count.ShouldBe(1);
        there.Clock.Now = Alarmed.Monday.AddDays(7).AddSeconds(-1);
        await Look(there);
        (await there.Mails()).Count.ShouldBe(1);
        there.Clock.Now = Alarmed.Monday.AddDays(7);
        await Look(there);
        var second = (await there.Mails()).Last();
        (await there.Mails()).Count.ShouldBe(2);
        second.Subject.ShouldBe("Atelier Véga\u00A0: rien de nouveau, 2\u00A0alertes en cours");
        second.Text.ShouldContain("TOUJOURS EN COURS");
        second.Text.ShouldContain("(la semaine dernière\u00A0: 31,8\u00A0%)");
        // A week left out: what is two weeks old is not last week's.
        there.Clock.Now = Alarmed.Monday.AddDays(21);
        await Look(there);
        (await there.Mails()).Last().Text.ShouldNotContain("la semaine dernière");
    }

    [Theory, BothDatabases]
    public async Task What_nobody_got_is_not_told(string database)
    {
        await using var there = await Ready(database);
        using var visitor = await there.House.SignedIn(there.Person);
        using var declined = await visitor.Submit($"{there.Here}/account/weekly", "weekly");
        await Look(there);
        (await there.Mails()).ShouldBeEmpty();
        (await there.Alerts()).ShouldAllBe(a => a.ToldAt == null);
        using var wanted = await visitor.Submit($"{there.Here}/account/weekly", "weekly");
        there.Clock.Now = Alarmed.Monday.AddDays(7);
        await Look(there);
        (await there.Mails())
            .ShouldHaveSingleItem()
            .Subject.ShouldBe("Atelier Véga\u00A0: 2\u00A0points à regarder pour commencer");
    }

    [Theory]
    [InlineData(0, 2, "Atelier Véga\u00A0: 2\u00A0points à regarder pour commencer")]
    [InlineData(1, 3, "Atelier Véga\u00A0: 1\u00A0nouveauté cette semaine")]
    public void What_one_found_on_coming_is_no_news_of_the_week(int fresh, int found, string subject)
    {
        NamedAlert[] Some(int count) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(_ => new NamedAlert(
                        new Alert
                        {
                            Kind = AlertKind.Delays,
                            Level = Level.Watch,
                            ClientId = null,
                            Holding = null,
                            IsFirst = true,
                            RaisedAt = Alarmed.Monday,
                            AsOf = default,
                            HeldOn = default,
                            Facts = "{}",
                            Lately = "{}",
                        },
                        "Menuiserie Roux"
                    )),
            ];
        new WeeklyMail(
            CultureInfo.GetCultureInfo("fr"),
            "Claire",
            "Atelier Véga",
            null,
            new WeeklyNews(Some(found), Some(fresh), [], [], []),
            null,
            path => new Uri("https://porte.example.fr/" + path)
        ).Subject.ShouldBe(subject);
    }

    [Theory, BothDatabases]
    public async Task Two_nodes_write_it_once(string database)
    {
        await using var there = await Ready(database);
        await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(async _ =>
                {
                    try
                    {
                        await Look(there);
                    }
                    catch (DbUpdateException)
                    {
                        // Its errand begins again, and finds it written.
                        await Look(there);
                    }
                })
        );
        (await there.Mails()).Count.ShouldBe(1);
        (await there.Ask(db => db.WeeklyLetters.CountAsync(Stop))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Each_gets_it_as_they_wish_and_in_their_language(string database)
    {
        await using var there = await Ready(database);
        var manager = await there.Colleague(Role.Manager, "en");
        var member = await there.Colleague(Role.Member);
        var reader = await there.Colleague(Role.Reader);
        using (var visitor = await there.House.SignedIn(there.Person))
        {
            var form = await visitor.Fill($"{there.Here}/account/weekly", "weekly");
            using var once = await visitor.Send(form);
            // Pressed twice it says the same.
            using var twice = await visitor.Send(form);
        }
        using (var visitor = await there.House.SignedIn(member))
        {
            (await visitor.Read($"{there.Here}/account/weekly")).ShouldContain("Vous ne le recevez pas.");
            using var wanted = await visitor.Submit($"{there.Here}/account/weekly", "weekly");
            (await visitor.Read($"{there.Here}/account/weekly")).ShouldContain("Vous le recevez chaque lundi.");
        }
        await Look(there);
        var mails = await there.Mails();
        mails.Select(m => m.ToAddress).ShouldBe([manager.Email!, member.Email!], ignoreOrder: true);
        mails.Select(m => m.ToAddress).ShouldNotContain(reader.Email);
        mails
            .Single(m => m.ToAddress == manager.Email)
            .Subject.ShouldBe("Atelier Véga: 2 points to look at to begin with");
        mails.Single(m => m.ToAddress == manager.Email).Html!.ShouldContain("<html lang=\"en\">");
    }

    [Theory, BothDatabases]
    public async Task What_is_new_what_rested_and_what_is_over_have_their_places(string database)
    {
        await using var there = await Ready(database);
        await Look(there);
        await there.Change(async db =>
        {
            (await db.Alerts.SingleAsync(a => a.Kind == AlertKind.Quiet, Stop)).WakesAt = Alarmed.Monday.AddDays(10);
        });
        there.Clock.Now = Alarmed.Monday.AddDays(7);
        await Look(there);
        (await there.Mails()).Last().Text.ShouldNotContain("Garage", customMessage: "it rests");
        there.Clock.Now = Alarmed.Monday.AddDays(14);
        await there.Change(async db =>
        {
            (await db.Alerts.SingleAsync(a => a.Kind == AlertKind.Weight, Stop)).End(
                AlertOutcome.Over,
                there.Clock.Now
            );
        });
        await Look(there);
        var third = (await there.Mails()).Last().Text;
        third.ShouldContain("DE RETOUR APRÈS UNE PAUSE\n– Garage Saint-Aubin se tait depuis ");
        third.ShouldContain("RENTRÉ DANS L’ORDRE\n– Verrerie de la Grève est repassé sous la ligne");
        // All is over: it is said once, then nothing.
        there.Clock.Now = Alarmed.Monday.AddDays(20);
        await there.Change(async db =>
        {
            (await db.Alerts.SingleAsync(a => a.EndedAt == null, Stop)).End(AlertOutcome.Over, there.Clock.Now);
        });
        there.Clock.Now = Alarmed.Monday.AddDays(21);
        await Look(there);
        (await there.Mails()).Last().Subject.ShouldBe("Atelier Véga\u00A0: tout est rentré dans l’ordre");
        var sent = (await there.Mails()).Count;
        there.Clock.Now = Alarmed.Monday.AddDays(28);
        await Look(there);
        (await there.Mails()).Count.ShouldBe(sent);
        (await there.Ask(db => db.WeeklyLetters.OrderBy(l => l.Week).Select(l => l.Mails).LastAsync(Stop))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task An_alert_raised_between_two_mails_is_new_in_the_next_alone(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Client("Atelier A", 700, new(2025, 12, 1), 12);
        for (var i = 1; i < 12; i++)
        {
            await there.Client($"Atelier {(char)('A' + i)}", 700, new(2025, 12, 1), 12);
        }
        await there.Picture();
        await Look(there);
        (await there.Mails()).ShouldBeEmpty("nothing to say");
        there.Clock.Now = Alarmed.Monday.AddDays(2);
        await there.Client("Verrerie de la Grève", 4_000, new(2025, 12, 1), 12);
        await there.Picture();
        for (var week = 1; week <= 3; week++)
        {
            there.Clock.Now = Alarmed.Monday.AddDays(7 * week);
            await Look(there);
        }
        (await there.Mails())
            .Select(m => m.Text.Contains("NOUVEAU CETTE SEMAINE", StringComparison.Ordinal))
            .ShouldBe([true, false, false]);
    }

    [Theory, BothDatabases]
    public async Task No_name_can_bend_the_mail(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Client("<script>alert(1)</script>\r\nBcc: x@example.org", 4_000, new(2025, 12, 1), 12);
        for (var i = 0; i < 12; i++)
        {
            await there.Client($"Atelier {(char)('A' + i)}", 700, new(2025, 12, 1), 12);
        }
        await there.Change(async db =>
        {
            (await db.Workspaces.SingleAsync(Stop)).Name = "Véga\r\nBcc: y@example.org\u2028";
        });
        await there.Picture();
        await Look(there);
        var mail = (await there.Mails()).ShouldHaveSingleItem();
        mail.Subject.ShouldStartWith("Véga  Bcc: y@example.org\u00A0:");
        mail.Html!.ShouldNotContain("<script");
        mail.Html!.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public void Seven_o_clock_is_that_of_the_workspace_in_summer_and_winter()
    {
        static string Due(DateTime now, string zone)
        {
            var week = Week.At(now, TimeZoneInfo.FindSystemTimeZoneById(zone));
            return FormattableString.Invariant($"{week.Monday:yyyy-MM-dd} {week.Due:yyyy-MM-dd HH:mm}");
        }
        var sunday = new DateTime(2026, 11, 22, 21, 30, 0, DateTimeKind.Utc);
        Due(sunday, "Europe/Paris").ShouldBe("2026-11-16 2026-11-16 06:00");
        Due(sunday, "Pacific/Noumea").ShouldBe("2026-11-23 2026-11-22 20:00");
        Due(Alarmed.Monday, "Europe/Paris").ShouldBe("2026-11-23 2026-11-23 06:00");
        Due(Alarmed.Monday, "America/Martinique").ShouldBe("2026-11-23 2026-11-23 11:00");
        Due(new(2026, 7, 6, 12, 0, 0, DateTimeKind.Utc), "Europe/Paris").ShouldBe("2026-07-06 2026-07-06 05:00");
    }

    private static async Task<Alarmed> Ready(string database)
    {
        var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        return there;
    }

    private static Task Look(Alarmed there) => there.Do<SendWeekly>(SendWeekly.Name);

    private static Task<List<string>> Planned(Alarmed there) =>
        there.Ask(db =>
            db.JobRuns.Where(r => r.Job == SendWeekly.Name && r.Occasion.StartsWith("week-"))
                .Select(r => r.Occasion)
                .ToListAsync(Stop)
        );
}
