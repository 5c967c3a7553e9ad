using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Clients.RemoveClient;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Features.Diagnosis.SnoozeAlert;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.Diagnosis.Alerts;

/// <summary>W2, W3: alerts are raised with the picture, once; they rest, and come back.</summary>
[InFrench]
public sealed class AlertsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task What_holds_is_raised_with_the_picture_once(string database)
    {
        await using var there = await Alarmed.Open(database);
        var (heavy, quiet) = await there.Usual();
        var unsaid = (await there.Deeds()).Count(d => d == "row.changed");
        // Killed before the end of its run: it is begun again.
        await there.Picture(dies: true);
        await there.Picture();
        var alerts = await there.Alerts();
        alerts
            .Select(a => (a.Kind, a.Level, a.ClientId))
            .ShouldBe(
                [(AlertKind.Weight, Level.Danger, heavy), (AlertKind.Quiet, Level.Watch, quiet)],
                ignoreOrder: true
            );
        alerts.ShouldAllBe(a => a.IsFirst);
        await there.Picture();
        (await there.Alerts()).Count.ShouldBe(2);
        (await there.Deeds()).Count(d => d == "alert.raised").ShouldBe(2);
        (await there.Deeds()).Count(d => d == "row.changed").ShouldBe(unsaid);
    }

    [Theory, BothDatabases]
    public async Task Two_pictures_at_once_raise_each_alert_once(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        // Who is refused by the database is begun again, as its errand would.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Stubborn()));
        (await there.Alerts()).Count.ShouldBe(2);
        (await there.Deeds()).Count(d => d == "alert.raised").ShouldBe(2);

        async Task Stubborn()
        {
            try
            {
                await there.Picture();
            }
            catch (DbUpdateException)
            {
                await there.Picture();
            }
        }
    }

    [Theory, BothDatabases]
    public async Task A_new_invoice_ends_the_silence(string database)
    {
        await using var there = await Alarmed.Open(database);
        var (_, quiet) = await there.Usual();
        await there.Picture();
        await there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
            {
                var db = services.GetRequiredService<AppDb>();
                db.Add(Clientele.Invoice("GA-99", new(2026, 11, 1), 300)(quiet));
                await db.SaveChangesAsync(Stop);
                await services.GetRequiredService<ReckonFiguresHandler>().Handle([quiet], Stop);
            }
        );
        await there.Picture();
        var ended = (await there.Alerts()).Single(a => a.Kind == AlertKind.Quiet);
        (ended.Outcome, ended.Holding, ended.EndedAt).ShouldBe((AlertOutcome.Over, null, there.Clock.Now));
        (await there.Alert(AlertKind.Weight)).HasEnded.ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task A_graver_alert_takes_the_place_of_the_lesser_in_one_save(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        var facts = (await there.Alert(AlertKind.Weight)).Facts;
        var client = (await there.Alert(AlertKind.Weight)).ClientId!.Value;
        await there.Change(async db =>
        {
            db.Remove(await db.Alerts.SingleAsync(a => a.Kind == AlertKind.Weight, Stop));
            await db.SaveChangesAsync(Stop);
            db.Add(
                new Alert
                {
                    Kind = AlertKind.Weight,
                    Level = Level.Watch,
                    ClientId = client,
                    Holding = Alert.Key(AlertKind.Weight, client),
                    IsFirst = false,
                    RaisedAt = there.Clock.Now,
                    AsOf = new(2026, 11, 1),
                    HeldOn = new(2026, 11, 1),
                    Facts = facts,
                    Lately = facts,
                }
            );
        });
        await there.Picture();
        (await there.Alerts())
            .Where(a => a.Kind == AlertKind.Weight)
            .Select(a => (a.Level, a.Outcome))
            .ShouldBe([(Level.Watch, AlertOutcome.Worse), (Level.Danger, AlertOutcome.None)], ignoreOrder: true);
    }

    [Theory, BothDatabases]
    public async Task What_is_to_be_done_comes_with_its_first_step(string database)
    {
        await using var there = await Alarmed.Open(database);
        var (_, quiet) = await there.Usual();
        await there.Picture();
        var todos = await ToDos(there);
        todos.Select(t => t.Level).ShouldBe([Level.Danger, Level.Watch]);
        todos[0].Text.ShouldStartWith("Verrerie de la Grève pèse 32\u00A0%\u00A0: regardez");
        todos[0].More.ShouldNotBeNull().ShouldStartWith("Pour passer sous 25\u00A0%\u00A0: ");
        todos[0].Address.ShouldBe($"{there.Here}/alerts/{(await there.Alert(AlertKind.Weight)).Id}");
        todos[1].Text.ShouldStartWith("Garage Saint-Aubin se tait depuis ");
        todos[1].Text.ShouldEndWith(" d’habitude)\u00A0: prenez de ses nouvelles");
        (todos[1].Address, todos[1].Action).ShouldBe(($"{there.Here}/clients/{quiet}", "Ouvrir la fiche"));
    }

    [Fact]
    public async Task The_home_page_shows_it()
    {
        await using var there = await Alarmed.Open("sqlite");
        await there.Usual();
        await there.Picture();
        using var visitor = await there.House.SignedIn(there.Person);
        (await visitor.Read($"{there.Here}/today")).ShouldContain("Garage Saint-Aubin se tait depuis ");
    }

    [Theory, BothDatabases]
    public async Task Who_is_put_away_is_silent_no_more(string database)
    {
        await using var there = await Alarmed.Open(database);
        var (_, quiet) = await there.Usual();
        await there.Picture();
        (await Silent(there)).ShouldBe(["Garage Saint-Aubin"]);
        var asked = await Asked(there);
        using var visitor = await there.House.SignedIn(there.Person);
        var sheet = $"{there.Here}/clients/{quiet}";
        using var archived = await visitor.Submit(sheet, $"{sheet}/archive");
        (await Asked(there)).ShouldBeGreaterThan(asked, "a new picture is asked for");
        await there.Picture();
        (await Silent(there)).ShouldBeEmpty();
        var ended = (await there.Alerts()).Single(a => a.Kind == AlertKind.Quiet);
        ended.Outcome.ShouldBe(AlertOutcome.Gone);
        using var again = await visitor.Submit(sheet, $"{sheet}/take-up");
        (await Asked(there)).ShouldBeGreaterThan(asked + 1);
        await there.Picture();
        (await Silent(there)).ShouldBe(["Garage Saint-Aubin"]);
        (await there.Alert(AlertKind.Quiet)).Follows.ShouldBe(ended.Id);
    }

    [Theory, BothDatabases]
    public async Task What_is_taken_back_whole_and_comes_again_rests_as_before(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        var settled = Alarmed.Monday.AddDays(1);
        await there.Change(async db =>
        {
            (await db.Alerts.SingleAsync(a => a.Kind == AlertKind.Weight, Stop)).SettledAt = settled;
        });
        await Each((clients, id) => clients.Remove(id, Stop));
        await there.Picture();
        (await there.Alerts()).ShouldAllBe(a => a.Outcome == AlertOutcome.Gone);
        await Each((clients, id) => clients.Restore(id, Stop));
        await there.Client("Imprimerie Le Corre", 4_000, new(2025, 12, 1), 12);
        await there.Picture();
        (await there.Alerts())
            .Where(a => !a.HasEnded)
            .Select(a => (a.Kind, a.IsFirst, a.Follows is null, a.SettledAt))
            .ShouldBe(
                [
                    (AlertKind.Weight, true, false, settled),
                    (AlertKind.Quiet, true, false, null),
                    // Nobody had seen this one before.
                    (AlertKind.Weight, false, true, null),
                ],
                ignoreOrder: true
            );

        async Task Each(Func<RemoveClientHandler, Id<Client>, Task> change)
        {
            foreach (var id in await there.Ask(db => db.Clients.Select(c => c.Id).ToListAsync(Stop)))
            {
                await there.House.In(
                    there.Workspace,
                    (IServiceProvider services) => change(services.GetRequiredService<RemoveClientHandler>(), id)
                );
            }
        }
    }

    [Fact]
    public async Task The_menu_says_that_alerts_and_charges_belong_to_today()
    {
        await using var there = await Alarmed.Open("sqlite");
        await there.Usual();
        await there.Picture();
        using var visitor = await there.House.SignedIn(there.Person);
        var alert = (await there.Alert(AlertKind.Weight)).Id;
        foreach (var page in new[] { "today", "alerts", "alerts?state=all", $"alerts/{alert}", "charges" })
        {
            (await visitor.Read($"{there.Here}/{page}")).ShouldContain(
                $"<a href=\"{there.Here}/today\" aria-current=\"page\"",
                customMessage: page
            );
        }
        (await visitor.Read($"{there.Here}/clients")).ShouldNotContain(
            $"<a href=\"{there.Here}/today\" aria-current=\"page\""
        );
        (await visitor.Read($"{there.Here}/account")).ShouldContain($"href=\"{there.Here}/account/weekly\"");
    }

    [Theory, BothDatabases]
    public async Task An_alert_rests_with_a_reason_and_is_taken_up_again(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        var alert = await there.Alert(AlertKind.Weight);
        var address = $"{there.Here}/alerts/{alert.Id}";
        using var visitor = await there.House.SignedIn(there.Person);
        // Without a reason nothing happens, and what was chosen stays.
        using var unsaid = await visitor.Submit(address, "snooze", ("In.Reason", " "), ("In.Rest", "Month"));
        unsaid.StatusCode.ShouldBe(HttpStatusCode.OK);
        var words = await unsaid.Content.ReadAsStringAsync(Stop);
        words.ShouldContain("Dites en quelques mots pourquoi.");
        words.ShouldContain("value=\"Month\" selected");
        (await there.Alert(AlertKind.Weight)).WakesAt.ShouldBeNull();
        using var past = await visitor.Submit(
            address,
            "snooze",
            ("In.Reason", "x"),
            ("In.Rest", "Day"),
            ("In.Day", "2026-11-23")
        );
        past.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var rests = await visitor.Submit(
            address,
            "snooze",
            ("In.Reason", "Un contrat arrive <b>en mars</b>."),
            ("In.Rest", "Month")
        );
        rests.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // The 23rd of December begins in Paris an hour before.
        (await there.Alert(AlertKind.Weight)).WakesAt.ShouldBe(new DateTime(2026, 12, 22, 23, 0, 0, DateTimeKind.Utc));
        (await ToDos(there)).ShouldHaveSingleItem().Text.ShouldContain("Garage");
        (await visitor.Read(address)).ShouldContain("Claire Aubry l’a mise en pause jusqu’au 23\u00A0décembre 2026");
        // It wakes by itself.
        there.Clock.Now = new(2026, 12, 22, 23, 0, 0, DateTimeKind.Utc);
        (await ToDos(there)).Count.ShouldBe(2);
        there.Clock.Now = Alarmed.Monday;
        using var resumed = await visitor.Submit(address, "resume");
        resumed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await ToDos(there)).Count.ShouldBe(2);
        using var settled = await visitor.Submit(address, "snooze", ("In.Reason", "On sait."), ("In.Rest", "Settled"));
        (await ToDos(there)).Count.ShouldBe(1);
        await there.Picture();
        (await there.Alerts()).Count.ShouldBe(2, "what is settled fires no more while it holds");
        (await there.Deeds())
            .Where(d => d.StartsWith("alert.", StringComparison.Ordinal) && d != "alert.raised")
            .ShouldBe(["alert.snoozed", "alert.resumed", "alert.settled"]);
        (await there.Ask(db => db.AlertSteps.CountAsync(Stop))).ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task Who_only_reads_sees_no_form(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        var alert = await there.Alert(AlertKind.Quiet);
        using var reader = await there.House.SignedIn(await there.Colleague(Role.Reader));
        var address = $"{there.Here}/alerts/{alert.Id}";
        (await reader.Read(address)).ShouldNotContain("In.Reason");
        // With the token of another form of theirs.
        var form = await reader.Fill($"{there.Here}/account/weekly", "weekly");
        using var answer = await reader.Send(
            form with
            {
                Address = address,
                Hidden = [.. form.Hidden.Where(f => f.Key != "_handler"), new("_handler", "snooze")],
            },
            ("In.Reason", "x"),
            ("In.Rest", "Week")
        );
        answer.StatusCode.ShouldNotBe(HttpStatusCode.Redirect);
        (await there.Alert(AlertKind.Quiet)).WakesAt.ShouldBeNull();
        // Of another workspace there is nothing.
        await using var other = await Alarmed.Open(database);
        using var stranger = await there.House.SignedIn((await there.House.NewWorkspace("Ailleurs")).Person);
        using var refused = await stranger.Get(address);
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothDatabases]
    public async Task The_list_tells_open_resting_and_ended_apart(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        await there.Change(async db =>
        {
            (await db.Alerts.SingleAsync(a => a.Kind == AlertKind.Quiet, Stop)).WakesAt = Alarmed.Monday.AddDays(7);
        });
        using var visitor = await there.House.SignedIn(there.Person);
        (await visitor.Read($"{there.Here}/alerts?state=open")).ShouldNotContain("Garage Saint-Aubin");
        (await visitor.Read($"{there.Here}/alerts?state=snoozed")).ShouldContain("Garage Saint-Aubin");
        (await visitor.Read($"{there.Here}/alerts")).ShouldContain("Garage Saint-Aubin");
        var weights = await visitor.Read($"{there.Here}/alerts?kind=Weight&sort=subject");
        weights.ShouldContain("Verrerie de la Grève");
        weights.ShouldNotContain("Garage Saint-Aubin");
        (await visitor.Read($"{there.Here}/alerts/sheet.csv")).ShouldContain("Verrerie de la Grève;");
        await there.Change(async db =>
        {
            foreach (var alert in await db.Alerts.ToListAsync(Stop))
            {
                alert.End(AlertOutcome.Over, Alarmed.Monday);
            }
        });
        (await visitor.Read($"{there.Here}/alerts")).ShouldContain("Rien à signaler");
        (await visitor.Read($"{there.Here}/alerts?state=all")).ShouldContain("Verrerie de la Grève");
    }

    private static Task<int> Asked(Alarmed there) =>
        there.Ask(db => db.JobRuns.CountAsync(r => r.Job == TakePicture.Name, Stop));

    private static async Task<IEnumerable<string>> Silent(Alarmed there)
    {
        var content = await there.Ask(db => db.Pictures.Select(p => p.Content).SingleAsync(Stop));
        return KeptReport.Read(content)!.Report.Quiet.Select(c => c.Name);
    }

    private static async Task<IReadOnlyList<ToDo>> ToDos(Alarmed there)
    {
        IReadOnlyList<ToDo> found = [];
        await there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
                found = await services.GetServices<IBringToDos>().OfType<AlertsToDo>().Single().ToDos(6, Stop)
        );
        return found;
    }
}
