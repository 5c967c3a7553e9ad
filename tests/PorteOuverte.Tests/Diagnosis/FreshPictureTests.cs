using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.EditClient;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.ChooseCharges;
using PorteOuverte.Features.Diagnosis.SendWeekly;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Diagnosis.Alerts;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>The picture that is kept is the last one, or says that it is not.</summary>
[InFrench]
public sealed class FreshPictureTests
{
    private const string Changing = "Des chiffres viennent de changer";
    private const string Coming = "Le diagnostic se calcule";
    private const string Failed = "Le calcul n’a pas abouti";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Every_page_says_that_the_figures_have_changed(string database)
    {
        await using var there = await Alarmed.Open(database);
        var (heavy, _) = await there.Usual();
        await there.Picture();
        using var visitor = await there.House.SignedIn(there.Person);
        string[] pages = ["", "/weight", "/quiet", "/late", "/open", "/losses", "/loss", "/print"];
        foreach (var page in pages)
        {
            (await visitor.Read($"{there.Here}/today{page}")).ShouldNotContain(Changing, Case.Sensitive, page);
        }
        await there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
                await services.GetRequiredService<ChooseChargesHandler>().Handle(new ChooseCharges(["611"], 9, 0), Stop)
        );
        foreach (var page in pages)
        {
            (await visitor.Read($"{there.Here}/today{page}")).ShouldContain(Changing, Case.Sensitive, page);
        }
        await there.Picture();
        (await visitor.Read($"{there.Here}/today/loss")).ShouldNotContain(Changing);
        // Another name is another picture.
        await there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
            {
                var handler = services.GetRequiredService<EditClientHandler>();
                var (client, _) = (await handler.Find(heavy, Stop))!.Value;
                await handler.Handle(
                    new EditClient(
                        heavy,
                        "Verrerie du Large",
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        false,
                        client.Version
                    ),
                    Stop
                );
            }
        );
        (await visitor.Read($"{there.Here}/today/weight")).ShouldContain(Changing);
        await there.Picture();
        (await visitor.Read($"{there.Here}/today/weight")).ShouldContain("Verrerie du Large");
        (await Waiting(there)).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task The_first_picture_serves_all_who_wait_and_asks_for_no_other(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        (await Waiting(there)).ShouldBeGreaterThan(1);
        // As many as there are hands; none is refused by the database.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => there.Picture()));
        (await Waiting(there)).ShouldBe(0);
        (await there.Alerts()).Count.ShouldBe(2);
        await there.Change(async db => (await db.Workspaces.SingleAsync(Stop)).Agree(new(45, EndOfMonth: true)));
        await there.Picture();
        (await Waiting(there)).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task What_changed_while_a_picture_was_made_is_in_the_one_that_is_kept(string database)
    {
        var meanwhile = new Meanwhile();
        await using var there = await Alarmed.Open(
            database,
            services => services.AddSingleton<IInterceptor>(meanwhile)
        );
        var (_, quiet) = await there.Usual();
        await there.Picture();
        using var visitor = await there.House.SignedIn(there.Person);
        meanwhile.Do = () =>
            there.House.In(
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
        meanwhile.Do.ShouldBeNull();
        (await visitor.Read($"{there.Here}/today")).ShouldContain(Changing);
        (await there.Alerts()).ShouldAllBe(a => !a.HasEnded);
        await there.Picture();
        (await visitor.Read($"{there.Here}/today")).ShouldNotContain(Changing);
        (await there.Alerts()).ShouldContain(a => a.HasEnded);

        // Another look is kept, and shows that it is old.
        var look = Look.Of("2026-09-30", null);
        meanwhile.Do = () =>
            there.House.In(
                there.Workspace,
                async (IServiceProvider services) =>
                    await services.GetRequiredService<ReckonFiguresHandler>().Handle([quiet], Stop)
            );
        await Past(there, look);
        meanwhile.Do.ShouldBeNull();
        (await visitor.Read($"{there.Here}/today?{look.Query}")).ShouldContain(Changing);
        (await there.Ask(db => db.JobRuns.CountAsync(r => r.Argument == look.ToString(), Stop))).ShouldBe(1);
        await Past(there, look);
        (await visitor.Read($"{there.Here}/today?{look.Query}")).ShouldNotContain(Changing);
    }

    [Theory, BothDatabases]
    public async Task What_could_not_be_made_is_said_once_and_tried_again_when_somebody_asks(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        using var visitor = await there.House.SignedIn(there.Person);
        (await visitor.Read($"{there.Here}/today")).ShouldContain(Coming);
        await there.Change(async db => await db.JobRuns.ForEachAsync(r => r.Fail("Une panne", there.Clock.Now), Stop));
        foreach (var page in new[] { "", "/weight", "/print" })
        {
            var failed = await visitor.Read($"{there.Here}/today{page}");
            failed.ShouldContain(Failed, Case.Sensitive, page);
            failed.ShouldNotContain("every 1s", Case.Sensitive, page);
        }
        (await Waiting(there)).ShouldBe(0);
        using var reader = await there.House.SignedIn(await there.Colleague(Role.Reader));
        (await reader.Read($"{there.Here}/today")).ShouldNotContain("/today/again");
        using var again = await visitor.Submit($"{there.Here}/today", $"{there.Here}/today/again?");
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Waiting(there)).ShouldBe(1);
        (await visitor.Read($"{there.Here}/today")).ShouldContain(Coming);
        await there.Picture();
        (await visitor.Read($"{there.Here}/today")).ShouldNotContain(Coming);
        // With an older one to show, it says of when that is.
        await there.Change(async db =>
            await db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.MoneyChange, 99), Stop)
        );
        await visitor.Read($"{there.Here}/today");
        await there.Change(async db =>
            await db.JobRuns.Where(r => r.State == JobState.Queued).ForEachAsync(r => r.PutBack("Une panne"), Stop)
        );
        (await visitor.Read($"{there.Here}/today")).ShouldContain(
            "Ce que vous voyez date du 23/11/2026\u00A0à\u00A07\u00A0h\u00A000"
        );
    }

    [Theory, BothDatabases]
    public async Task Who_waits_keeps_the_page_until_there_is_something_new(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        using var visitor = await there.House.SignedIn(there.Person);
        (await visitor.Read($"{there.Here}/today")).ShouldContain("id=\"coming\"");
        (await Stays("coming")).ShouldBeTrue();
        await there.Picture();
        (await Stays("coming")).ShouldBeFalse();
        await there.Client("Nouvelle venue", 100, new(2026, 1, 1), 3);
        (await visitor.Read($"{there.Here}/today")).ShouldContain("id=\"again\"");
        (await Stays("coming")).ShouldBeFalse();
        (await Stays("again")).ShouldBeTrue();

        async Task<bool> Stays(string element)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{there.Here}/today");
            request.Headers.Add("HX-Request", "true");
            request.Headers.Add("HX-Trigger", element);
            using var answer = await visitor.Http.SendAsync(request, Stop);
            return answer.Headers.TryGetValues("HX-Reswap", out var swap) && swap.Single() == "none";
        }
    }

    [Theory, BothDatabases]
    public async Task Of_other_days_one_is_made_at_a_time_and_the_future_is_now(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        using var visitor = await there.House.SignedIn(there.Person);
        await Task.WhenAll(
            Enumerable.Range(1, 5).Select(day => visitor.Read($"{there.Here}/today?asOf=2026-03-0{day}"))
        );
        (await Waiting(there)).ShouldBe(1);
        foreach (var day in new[] { "2026-11-01", "2026-11-23", "2150-01-01" })
        {
            (await visitor.Read($"{there.Here}/today?asOf={day}")).ShouldContain(
                "Verrerie de la Grève",
                Case.Sensitive,
                day
            );
        }
        (await Waiting(there)).ShouldBe(1);
        var first = await there.Ask(db =>
            db.JobRuns.Where(r => r.State == JobState.Queued).Select(r => r.Argument!).SingleAsync(Stop)
        );
        await Past(there, Look.Parse(first));
        // Whoever waited is asked for when they come again.
        await visitor.Read($"{there.Here}/today?asOf=2026-04-05");
        (
            await there.Ask(db =>
                db.JobRuns.CountAsync(r => r.State == JobState.Queued && r.Argument == "2026-04-05/12", Stop)
            )
        ).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_picture_in_another_form_is_as_if_it_were_not_there(string database)
    {
        await using var there = await Alarmed.Open(database);
        await there.Usual();
        await there.Picture();
        await there.Change(async db =>
        {
            var kept = await db.Pictures.SingleAsync(Stop);
            (kept.Format, kept.Content) = (KeptReport.Format + 1, "{\"autre\":1}");
        });
        using var visitor = await there.House.SignedIn(there.Person);
        (await visitor.Read($"{there.Here}/today")).ShouldContain(Coming);
        await there.Do<SendWeekly>(SendWeekly.Name);
        await there.Picture();
        (await visitor.Read($"{there.Here}/today")).ShouldContain("Verrerie de la Grève");
        (await there.Alerts()).Count.ShouldBe(2);
    }

    private static Task<int> Waiting(Alarmed there) =>
        there.Ask(db => db.JobRuns.CountAsync(r => r.Job == TakePicture.Name && r.State == JobState.Queued, Stop));

    private static Task Past(Alarmed there, Look look) =>
        there.House.In(
            there.Workspace,
            async services =>
                await services
                    .GetRequiredService<TakePicture>()
                    .Do(Alarmed.Run(TakePicture.Name, look.ToString()), null!, Stop)
        );

    /// <summary>Does something once, between the first figures that a picture reads and the last.</summary>
    private sealed class Meanwhile : DbCommandInterceptor
    {
        public Func<Task>? Do { get; set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (Do is { } work && command.CommandText.Contains("books_money", StringComparison.Ordinal))
            {
                Do = null;
                await work();
            }
            return result;
        }
    }
}
