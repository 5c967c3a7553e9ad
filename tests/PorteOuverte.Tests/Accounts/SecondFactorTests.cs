using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PorteOuverte.Features.Accounts;
using PorteOuverte.Features.Accounts.AskReset;
using PorteOuverte.Features.Accounts.EnterCode;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

/// <summary>H1: the code of an authenticator application after the password, and what stands in for a lost telephone.</summary>
public sealed partial class SecondFactorTests
{
    private readonly Clock clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task The_password_alone_no_longer_opens_the_account(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (key, codes) = await TurnOn(house, workspace, claire);
        codes.Count.ShouldBe(10);

        clock.Advance(TimeSpan.FromSeconds(60));
        using var visitor = await HalfWay(house, claire);
        using var early = await visitor.Get($"/e/{workspace}/settings");
        early.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var wrong = await Enter(visitor, "000000");
        (await Text(wrong)).ShouldContain("Ce code n’est pas le bon");
        using var right = await Enter(visitor, TimeCode.Code(key, clock.GetUtcNow()));
        right.Headers.Location!.ToString().ShouldBe("/");
        (await visitor.Read($"/e/{workspace}/settings")).ShouldContain("Atelier Véga");
    }

    [Theory, BothDatabases]
    public async Task An_open_session_alone_is_no_proof_of_who_sits_there(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        var begin = await visitor.Fill(Page(workspace), "begin");
        clock.Advance(TimeSpan.FromMinutes(11));
        using var late = await visitor.Send(begin);
        var asked = await visitor.Read(Page(workspace));
        asked.ShouldContain("D’abord, votre mot de passe");
        asked.ShouldNotContain("Commencer");
        using var wrong = await visitor.Submit(Page(workspace), Proof.Form, ("Proving.Password", "autre chose"));
        (await Text(wrong)).ShouldContain("Ce n’est pas votre mot de passe");
        using var right = await visitor.Submit(Page(workspace), Proof.Form, ("Proving.Password", House.Password));
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        using var begun = await visitor.Submit(Page(workspace), "begin");
        var key = Key(await visitor.Read(Page(workspace)));
        var confirm = await visitor.Fill(Page(workspace), "confirm");
        clock.Advance(TimeSpan.FromMinutes(11));
        using var tooLate = await visitor.Send(confirm, ("Code", TimeCode.Code(key, clock.GetUtcNow())));
        tooLate.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Read(Page(workspace))).ShouldContain("D’abord, votre mot de passe");
        using var again = await visitor.Submit(Page(workspace), Proof.Form, ("Proving.Password", House.Password));
        // The key shown before is forgotten with the ten minutes.
        (await visitor.Read(Page(workspace))).ShouldContain("Commencer");
        (await TurnOn(visitor, workspace)).Key.ShouldNotBe(key);
    }

    [Theory, BothDatabases]
    public async Task A_key_not_confirmed_is_dropped_with_the_password(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        using var begun = await visitor.Submit(Page(workspace), "begin");
        Key(await visitor.Read(Page(workspace))).ShouldNotBeEmpty();
        using var changed = await visitor.Submit(
            $"/e/{workspace}/account/security",
            "change-password",
            ("Password.Current", House.Password),
            ("Password.New", "encore une phrase assez longue")
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Read(Page(workspace))).ShouldContain("Commencer");
    }

    [Theory, BothDatabases]
    public async Task A_code_is_taken_once(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (key, _) = await TurnOn(house, workspace, claire);
        var code = TimeCode.Code(key, clock.GetUtcNow());
        // The one that turned it on is used up too.
        using (var seen = await HalfWay(house, claire))
        using (var answer = await Enter(seen, code))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        clock.Advance(TimeSpan.FromSeconds(30));
        var next = TimeCode.Code(key, clock.GetUtcNow());
        var visitors = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => HalfWay(house, claire)));
        var forms = await Task.WhenAll(visitors.Select(v => v.Fill("/sign-in/code", "code")));
        var sent = await Task.WhenAll(visitors.Select((v, i) => v.Send(forms[i], ("In.Code", next))));
        sent.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        foreach (var visitor in visitors)
        {
            visitor.Dispose();
        }
    }

    [Theory, BothDatabases]
    public async Task A_recovery_code_stands_in_for_the_telephone_once(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (_, codes) = await TurnOn(house, workspace, claire);
        using var visitor = await HalfWay(house, claire);
        // However it is typed.
        using var right = await Enter(
            visitor,
            " " + codes[3].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()
        );
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Read(Page(workspace))).ShouldContain("Il vous reste 9 codes de secours.");

        using var again = await HalfWay(house, claire);
        using var used = await Enter(again, codes[3]);
        used.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var another = await Enter(again, codes[0]);
        another.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task New_recovery_codes_take_the_place_of_the_old_for_whoever_knows_the_password(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        var (_, codes) = await TurnOn(visitor, workspace);
        using var refused = await visitor.Submit(Page(workspace), "renew", ("Renewing.Password", "autre chose"));
        Codes(await Text(refused)).ShouldBeEmpty();
        using var renewed = await visitor.Submit(Page(workspace), "renew", ("Renewing.Password", House.Password));
        var fresh = Codes(await Text(renewed));
        fresh.Count.ShouldBe(10);
        fresh.Intersect(codes).ShouldBeEmpty();
        // Shown once: the page itself has none.
        Codes(await visitor.Read(Page(workspace))).ShouldBeEmpty();

        using var half = await HalfWay(house, claire);
        using var old = await Enter(half, codes[0]);
        old.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var right = await Enter(half, fresh[0]);
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task Of_two_presses_at_once_only_codes_that_are_kept_are_shown(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        using var begun = await visitor.Submit(Page(workspace), "begin");
        var key = Key(await visitor.Read(Page(workspace)));
        var confirm = await visitor.Fill(Page(workspace), "confirm");
        var shown = await Together(visitor, confirm, ("Code", TimeCode.Code(key, clock.GetUtcNow())));
        await EachOpens(house, claire, shown.ShouldHaveSingleItem());

        var renew = await visitor.Fill(Page(workspace), "renew");
        shown = await Together(visitor, renew, ("Renewing.Password", House.Password));
        // One after the other both may be shown; the last are kept.
        shown.ShouldNotBeEmpty();
        var kept = 0;
        foreach (var codes in shown)
        {
            using var half = await HalfWay(house, claire);
            using var answer = await Enter(half, codes[0]);
            kept += answer.StatusCode == HttpStatusCode.Redirect ? 1 : 0;
        }
        kept.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task It_is_turned_off_with_the_password_only(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        await TurnOn(visitor, workspace);
        using var refused = await visitor.Submit(Page(workspace), "remove", ("Removing.Password", "autre chose"));
        (await Text(refused)).ShouldContain("Ce n’est pas votre mot de passe");
        (await visitor.Read(Page(workspace))).ShouldContain("Il vous reste 10 codes");
        using var done = await visitor.Submit(Page(workspace), "remove", ("Removing.Password", House.Password));
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Read(Page(workspace))).ShouldContain("Commencer");
        using var simple = await house.SignedIn(claire);
        (await simple.Read($"/e/{workspace}/settings")).ShouldContain("Atelier Véga");
        (await house.Ask(workspace, db => Tokens(db, claire))).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_trusted_browser_is_not_asked_again_for_thirty_days(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (key, _) = await TurnOn(house, workspace, claire);
        clock.Advance(TimeSpan.FromSeconds(60));
        using var visitor = await HalfWay(house, claire);
        using var trusted = await Enter(visitor, TimeCode.Code(key, clock.GetUtcNow()), ("In.Trust", "true"));
        trusted.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        clock.Advance(TimeSpan.FromDays(29));
        (await SignIn(visitor, claire)).ShouldBe("/");
        using var elsewhere = new Visitor(house.Url);
        (await SignIn(elsewhere, claire)).ShouldBe("/sign-in/code?back=%2F");
        clock.Advance(TimeSpan.FromDays(2));
        (await SignIn(visitor, claire)).ShouldBe("/sign-in/code?back=%2F");
    }

    [Theory, BothDatabases]
    public async Task A_trusted_browser_is_forgotten_with_the_factor_it_was_trusted_with(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        var (key, _) = await TurnOn(visitor, workspace);
        clock.Advance(TimeSpan.FromSeconds(60));
        using var known = await HalfWay(house, claire);
        using var trusted = await Enter(known, TimeCode.Code(key, clock.GetUtcNow()), ("In.Trust", "true"));
        using var off = await visitor.Submit(Page(workspace), "remove", ("Removing.Password", House.Password));
        await TurnOn(visitor, workspace);
        (await SignIn(known, claire)).ShouldBe("/sign-in/code?back=%2F");
    }

    [Theory, BothDatabases]
    public async Task Guessing_closes_the_account_to_strangers_whoever_knows_the_password(string database)
    {
        await using var house = await Open(database, ("TrustedProxies", "127.0.0.1"));
        var (workspace, claire) = await house.NewWorkspace();
        var (key, codes) = await TurnOn(house, workspace, claire);
        clock.Advance(TimeSpan.FromSeconds(60));
        using var visitor = await HalfWay(house, claire);
        var form = await visitor.Fill("/sign-in/code", "code");
        for (var guess = 0; guess < 10; guess++)
        {
            using var wrong = await visitor.Send(form, ("In.Code", $"00000{guess}"));
            wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        // Neither the right code nor a recovery code opens it now.
        foreach (var code in new[] { TimeCode.Code(key, clock.GetUtcNow()), codes[0] })
        {
            using var locked = await visitor.Send(form, ("In.Code", code));
            (await Text(locked)).ShouldContain("Trop de codes faux");
        }
        var mail = await house.Ask(
            Workspace.House,
            db => db.Mails.AsNoTracking().SingleAsync(m => m.Subject.Contains("essaie des codes"), Stop)
        );
        mail.ToAddress.ShouldBe(claire.Email);
        // A right password gives no tries back: after ten more it is closed for longer.
        clock.Advance(TimeSpan.FromMinutes(6));
        using var again = await HalfWay(house, claire, "198.51.100.2");
        (await Person(house, workspace, claire)).WrongCodes.ShouldBe(10);
        await house.In(
            workspace,
            (AppDb db) =>
                db
                    .People.Where(p => p.Id == claire.Id)
                    .ExecuteUpdateAsync(s => s.SetProperty(p => p.WrongCodes, 19), Stop)
        );
        using var twentieth = await Enter(again, "000000");
        clock.Advance(TimeSpan.FromMinutes(9));
        using var still = await Enter(again, codes[0]);
        (await Text(still)).ShouldContain("Trop de codes faux");
        clock.Advance(TimeSpan.FromMinutes(2));
        using var later = await HalfWay(house, claire, "198.51.100.3");
        using var right = await Enter(later, codes[0]);
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var fresh = await Person(house, workspace, claire);
        (fresh.WrongCodes, fresh.CodesClosedUntil).ShouldBe((0, null));
        (await house.Ask(Workspace.House, db => db.Mails.CountAsync(m => m.Subject.Contains("essaie"), Stop))).ShouldBe(
            1
        );
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(20, 10)]
    [InlineData(30, 20)]
    [InlineData(90, 1280)]
    [InlineData(100, 1440)]
    [InlineData(100_000, 1440)]
    public void Each_closing_is_twice_as_long_up_to_a_day(int wrong, int minutes) =>
        EnterCodeHandler.ClosedAfter(wrong).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory, BothDatabases]
    public async Task Wrong_codes_of_a_known_browser_count_too(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        await TurnOn(visitor, workspace);
        (await SignIn(visitor, claire)).ShouldBe("/sign-in/code?back=%2F");
        var form = await visitor.Fill("/sign-in/code", "code");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.Send(form, ("In.Code", "000000"))));
        (await Person(house, workspace, claire)).WrongCodes.ShouldBe(4);
    }

    [Theory, BothDatabases]
    public async Task A_new_password_neither_gives_the_tries_back_nor_lets_half_a_sign_in_go_on(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (_, codes) = await TurnOn(house, workspace, claire);
        using var half = await HalfWay(house, claire);
        using var wrong = await Enter(half, "000000");
        var form = await half.Fill("/sign-in/code", "code");
        string link;
        await using (var scope = house.Services.CreateAsyncScope())
        {
            link = scope
                .ServiceProvider.GetRequiredService<ResetLinks>()
                .For(await Person(house, workspace, claire))
                .PathAndQuery;
        }
        using var other = new Visitor(house.Url);
        using var reset = await other.Submit(link, "reset", ("In.Password", "encore une phrase assez longue"));
        reset.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // Whoever reads the mails still owes the code: this browser is not the person's yet.
        reset.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(c => c.StartsWith("porte-known", StringComparison.Ordinal));
        (await Person(house, workspace, claire)).WrongCodes.ShouldBe(1);
        using var late = await half.Send(form, ("In.Code", codes[0]));
        (await Text(late)).ShouldContain("Recommencez");
    }

    [Theory, BothDatabases]
    public async Task Without_the_password_no_code_is_asked_for_and_none_is_taken(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (key, _) = await TurnOn(house, workspace, claire);
        clock.Advance(TimeSpan.FromSeconds(60));
        using var stranger = new Visitor(house.Url);
        (await stranger.Read("/sign-in/code")).ShouldContain("Recommencez");

        using var slow = await HalfWay(house, claire);
        var form = await slow.Fill("/sign-in/code", "code");
        clock.Advance(TimeSpan.FromMinutes(11));
        using var late = await slow.Send(form, ("In.Code", TimeCode.Code(key, clock.GetUtcNow())));
        (await Text(late)).ShouldContain("Recommencez");
        using var closed = await slow.Get($"/e/{workspace}/settings");
        closed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task Turning_it_on_ends_the_other_sessions_and_says_so_by_mail(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var elsewhere = await house.SignedIn(claire);
        using var here = await house.SignedIn(claire);
        await TurnOn(here, workspace);
        (await here.Read($"/e/{workspace}/settings")).ShouldContain("Atelier Véga");
        using var ended = await elsewhere.Get($"/e/{workspace}/settings");
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // One's own affair: the owner of the workspace neither reads nor cancels it.
        (await house.Ask(workspace, db => db.Mails.CountAsync(Stop))).ShouldBe(0);
        var mail = await house.Ask(Workspace.House, db => db.Mails.AsNoTracking().SingleAsync(Stop));
        mail.Subject.ShouldBe("La double vérification est activée");
        mail.Text.ShouldContain("https://porte.example.fr/forgot");
        mail.Text.ShouldContain("heure de Paris");
        mail.Text.ShouldStartWith("Bonjour Claire Aubry,");
    }

    [Theory, BothDatabases]
    public async Task Neither_the_key_nor_a_code_stands_anywhere_to_be_read(string database)
    {
        await using var house = await Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        var (key, codes) = await TurnOn(visitor, workspace);
        var kept = await house.Ask(
            workspace,
            async db =>
                (await Tokens(db, claire))
                    .Concat(await db.AuditLines.IgnoreQueryFilters().Select(l => l.Details ?? "").ToListAsync(Stop))
                    .ToList()
        );
        kept.AddRange(await house.Ask(Workspace.House, db => db.Mails.Select(m => m.Text).ToListAsync(Stop)));
        kept.ShouldNotBeEmpty();
        foreach (var text in kept)
        {
            text.ShouldNotContain(key);
            codes.Where(c => text.Contains(c, StringComparison.Ordinal)).ShouldBeEmpty();
        }
        var trail = await visitor.Read($"/e/{workspace}/settings/audit");
        trail.ShouldContain("Claire Aubry a activé la double vérification");
        (await house.Ask(workspace, Unsaid)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_set_up_can_be_left_and_taken_up_again_or_given_up()
    {
        await using var house = await Open("sqlite");
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        using var begun = await visitor.Submit(Page(workspace), "begin");
        var key = Key(await visitor.Read(Page(workspace)));
        Key(await visitor.Read(Page(workspace))).ShouldBe(key);
        using var wrong = await visitor.Submit(Page(workspace), "confirm", ("Code", "123"));
        (await Text(wrong)).ShouldContain("Ce code n’est pas le bon");
        using var left = await visitor.Submit(Page(workspace), "give-up");
        (await visitor.Read(Page(workspace))).ShouldContain("Commencer");
        using var simple = new Visitor(house.Url);
        (await SignIn(simple, claire)).ShouldBe("/");
    }

    private Task<House> Open(string database, params (string Key, string Value)[] settings) =>
        House.Open(database, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)), settings);

    private async Task<(string Key, IReadOnlyList<string> Codes)> TurnOn(
        House house,
        Id<Workspace> workspace,
        Person person
    )
    {
        using var visitor = await house.SignedIn(person);
        return await TurnOn(visitor, workspace);
    }

    private async Task<(string Key, IReadOnlyList<string> Codes)> TurnOn(Visitor visitor, Id<Workspace> workspace)
    {
        using var begun = await visitor.Submit(Page(workspace), "begin");
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var key = Key(await visitor.Read(Page(workspace)));
        using var done = await visitor.Submit(
            Page(workspace),
            "confirm",
            ("Code", TimeCode.Code(key, clock.GetUtcNow()))
        );
        return (key, Codes(await Text(done)));
    }

    /// <summary>The codes of each answer that shows some, to one form sent four times at once.</summary>
    private static async Task<List<IReadOnlyList<string>>> Together(
        Visitor visitor,
        Visitor.Form form,
        (string Name, string Value) field
    )
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.Send(form, field)));
        List<IReadOnlyList<string>> shown = [];
        foreach (var answer in answers)
        {
            ((int)answer.StatusCode).ShouldBeLessThan(500);
            if (Codes(await Text(answer)) is { Count: > 0 } codes)
            {
                shown.Add(codes);
            }
            answer.Dispose();
        }
        return shown;
    }

    private static async Task EachOpens(House house, Person person, IReadOnlyList<string> codes)
    {
        foreach (var code in codes.Take(2))
        {
            using var half = await HalfWay(house, person);
            using var answer = await Enter(half, code);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
    }

    /// <summary>Somebody who has said the password and is asked for the code.</summary>
    private static async Task<Visitor> HalfWay(House house, Person person, string from = "198.51.100.1")
    {
        var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        (await SignIn(visitor, person)).ShouldBe("/sign-in/code?back=%2F");
        return visitor;
    }

    private static async Task<string> SignIn(Visitor visitor, Person person)
    {
        using var answer = await visitor.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", House.Password)
        );
        return answer.Headers.Location!.ToString();
    }

    private static Task<HttpResponseMessage> Enter(
        Visitor visitor,
        string code,
        params (string Name, string Value)[] more
    ) => visitor.Submit("/sign-in/code", "code", [("In.Code", code), .. more]);

    private static Task<Person> Person(House house, Id<Workspace> workspace, Person person) =>
        house.Ask(workspace, db => db.People.AsNoTracking().SingleAsync(p => p.Id == person.Id, Stop));

    private static Task<List<string>> Tokens(AppDb db, Person person) =>
        db.Set<Microsoft.AspNetCore.Identity.IdentityUserToken<Guid>>()
            .Where(t => t.UserId == person.Id)
            .Select(t => t.Value!)
            .ToListAsync(Stop);

    /// <summary>Changes nobody said a word of.</summary>
    private static Task<List<string?>> Unsaid(AppDb db) =>
        db
            .AuditLines.Where(l =>
                l.Action == "row.changed" && l.SubjectKind != "workspaces" && l.SubjectKind != "memberships"
            )
            .Select(l => l.SubjectKind)
            .ToListAsync(Stop);

    private static string Page(Id<Workspace> workspace) => $"/e/{workspace}/account/second-factor";

    private static string Key(string page) => KeyInLink().Match(page).Groups["key"].Value;

    private static IReadOnlyList<string> Codes(string page) =>
        [.. RecoveryCode().Matches(page).Select(m => m.Groups["code"].Value)];

    private static async Task<string> Text(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

    [GeneratedRegex("secret=(?<key>[A-Z2-7]+)", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex KeyInLink();

    [GeneratedRegex("<code>(?<code>[2-9A-Z]{5}-[2-9A-Z]{5})</code>", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex RecoveryCode();
}
