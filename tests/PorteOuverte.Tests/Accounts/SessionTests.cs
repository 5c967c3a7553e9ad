using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed class SessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task A_session_that_is_ended_elsewhere_opens_nothing_any_more(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var security = $"/e/{workspace}/account/security";
        using var train = await SignIn(
            house,
            person,
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        );
        using var desk = await house.SignedIn(person);
        var page = await desk.Read(security);
        page.ShouldContain("Firefox, Linux");
        page.ShouldContain("Navigateur inconnu");
        var other = (await Rows(house)).Single(s => s.Browser == "Firefox, Linux");
        using var ended = await desk.Submit(security, "end-session", ("Ended.Session", other.Id.ToString()));
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Entered(train, workspace)).ShouldBeFalse();
        (await Entered(desk, workspace)).ShouldBeTrue();
        (await desk.Read(security)).ShouldNotContain("Firefox, Linux");
    }

    [Theory, BothDatabases]
    public async Task All_others_are_ended_at_once_and_this_one_stays(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var one = await house.SignedIn(person);
        using var two = await house.SignedIn(person);
        using var desk = await house.SignedIn(person);
        using var ended = await desk.Submit(
            $"/e/{workspace}/account/security",
            "end-session",
            ("Ended.Session", "others")
        );
        foreach (var other in new[] { one, two })
        {
            (await Entered(other, workspace)).ShouldBeFalse();
        }
        (await Entered(desk, workspace)).ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Nobody_ends_the_session_of_somebody_else(string database)
    {
        await using var house = await House.Open(database);
        var (mine, claire) = await house.NewWorkspace();
        var (theirs, marc) = await house.NewWorkspace();
        using var his = await house.SignedIn(marc);
        var session = (await Rows(house)).Single();
        using var hers = await house.SignedIn(claire);
        using var asked = await hers.Submit(
            $"/e/{mine}/account/security",
            "end-session",
            ("Ended.Session", session.Id.ToString())
        );
        (await Entered(his, theirs)).ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Who_signs_out_is_out_also_with_a_copy_of_the_cookie(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var cookie = await Cookie(house, person);
        using var thief = new Visitor(house.Url);
        thief.Keep(cookie);
        (await Entered(thief, workspace)).ShouldBeTrue();
        using var owner = new Visitor(house.Url);
        owner.Keep(cookie);
        using var left = await owner.Submit($"/e/{workspace}/settings", "/sign-out");
        left.Headers.Location!.OriginalString.ShouldBe("/sign-in");
        (await Entered(thief, workspace)).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task Each_sign_in_is_a_new_session_and_ends_the_one_it_was_made_in(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        // A cookie planted by somebody else, good or not, is not the one that is signed in.
        var planted = await Cookie(house, person);
        using var victim = new Visitor(house.Url);
        using var signedIn = await Submit(victim, planted, person);
        var given = signedIn
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("porte=", StringComparison.Ordinal));
        given.Split(';')[0].ShouldNotBe(planted);
        using var attacker = new Visitor(house.Url);
        attacker.Keep(planted);
        (await Entered(attacker, workspace)).ShouldBeFalse();
        var rows = await Rows(house);
        rows.Count.ShouldBe(2);
        rows.Count(s => s.EndedAt is null).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_session_lasts_two_weeks_beyond_its_last_use_and_ninety_days_at_most(string database)
    {
        var clock = new TestClock();
        await using var house = await House.Open(database, s => s.AddSingleton<TimeProvider>(clock));
        var (workspace, person) = await house.NewWorkspace();
        using var daily = await house.SignedIn(person);
        using var rarely = await house.SignedIn(person);
        for (var day = 8; day <= 88; day += 8)
        {
            clock.Pass(TimeSpan.FromDays(8));
            (await Entered(daily, workspace)).ShouldBeTrue($"day {day}");
        }
        (await Entered(rarely, workspace)).ShouldBeFalse();
        clock.Pass(TimeSpan.FromDays(3));
        (await Entered(daily, workspace)).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task When_it_was_seen_is_written_every_ten_minutes_at_most_and_what_is_long_over_is_forgotten(
        string database
    )
    {
        var clock = new TestClock();
        await using var house = await House.Open(database, s => s.AddSingleton<TimeProvider>(clock));
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(person);
        var first = (await Rows(house)).Single().SeenAt;
        clock.Pass(TimeSpan.FromMinutes(9));
        await Entered(visitor, workspace);
        (await Rows(house)).Single().SeenAt.ShouldBe(first);
        clock.Pass(TimeSpan.FromMinutes(2));
        await Entered(visitor, workspace);
        (await Rows(house)).Single().SeenAt.ShouldBe(first.AddMinutes(11));
        clock.Pass(TimeSpan.FromDays(60));
        using var later = await house.SignedIn(person);
        (await Rows(house)).Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task A_session_ended_on_one_node_is_over_on_every_node()
    {
        using var data = new EmptyData("postgres");
        await using var here = await House.Over(data.Settings);
        await using var there = await House.Over(data.Settings);
        var (workspace, person) = await here.NewWorkspace();
        var cookie = await Cookie(here, person);
        using var train = new Visitor(there.Url);
        train.Keep(cookie);
        (await Entered(train, workspace)).ShouldBeTrue();
        using var desk = await here.SignedIn(person);
        using var ended = await desk.Submit(
            $"/e/{workspace}/account/security",
            "end-session",
            ("Ended.Session", "others")
        );
        (await Entered(train, workspace)).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task A_new_password_ends_all_other_sessions(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var other = await house.SignedIn(person);
        using var desk = await house.SignedIn(person);
        foreach (
            var (current, next, says) in new[]
            {
                ("pas le bon du tout", "une autre phrase longue", "Ce n’est pas votre mot de passe actuel"),
                (House.Password, "court", "Il faut douze caractères"),
                (House.Password, "claire aubry pour toujours", "contient votre adresse ou votre nom"),
                (House.Password, "Mot de Passe 123", "l’un des premiers qu’on essaierait"),
                (House.Password, "aaaaaaaaaaaaaaaa", "l’un des premiers qu’on essaierait"),
            }
        )
        {
            using var refused = await Change(desk, workspace, current, next);
            refused.StatusCode.ShouldBe(HttpStatusCode.OK, next);
            (await Words(refused)).ShouldContain(says);
        }
        (await Entered(other, workspace)).ShouldBeTrue();
        using var changed = await Change(desk, workspace, House.Password, "une autre phrase longue");
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await desk.Read($"/e/{workspace}/account/security")).ShouldContain("Votre mot de passe a changé");
        (await Entered(other, workspace)).ShouldBeFalse();
        using var again = new Visitor(house.Url);
        using var old = await again.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", House.Password)
        );
        old.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var fresh = await again.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", "une autre phrase longue")
        );
        fresh.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
        "Edge, Windows"
    )]
    [InlineData(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        "Safari, macOS"
    )]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile Safari/604.1",
        "Chrome, iPhone"
    )]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
        "Chrome, Android"
    )]
    [InlineData(
        "Mozilla/5.0 (X11; CrOS x86_64 16000) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
        "Chrome, ChromeOS"
    )]
    [InlineData("curl/8.0 <script>", null)]
    [InlineData("", null)]
    public void A_browser_is_named_in_two_words(string says, string? name) => BrowserName.Of(says).ShouldBe(name);

    internal static async Task<bool> Entered(Visitor visitor, Id<Workspace> workspace)
    {
        using var answer = await visitor.Get($"/e/{workspace}/settings");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<Visitor> SignIn(House house, Person person, string browser)
    {
        var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.UserAgent.ParseAdd(browser);
        using var _ = await visitor.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", House.Password)
        );
        return visitor;
    }

    /// <summary>The cookie of a session that was just begun, as a header.</summary>
    private static async Task<string> Cookie(House house, Person person)
    {
        using var visitor = new Visitor(house.Url);
        using var answer = await Submit(visitor, null, person);
        return answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("porte=", StringComparison.Ordinal))
            .Split(';')[0];
    }

    private static async Task<HttpResponseMessage> Submit(Visitor visitor, string? planted, Person person)
    {
        if (planted is not null)
        {
            visitor.Keep(planted);
        }
        return await visitor.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", House.Password)
        );
    }

    private static Task<HttpResponseMessage> Change(
        Visitor visitor,
        Id<Workspace> workspace,
        string current,
        string next
    ) =>
        visitor.Submit(
            $"/e/{workspace}/account/security",
            "change-password",
            ("Password.Current", current),
            ("Password.New", next)
        );

    private static async Task<List<Session>> Rows(House house)
    {
        await using var scope = house.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<AppDb>()
            .Sessions.AsNoTracking()
            .OrderBy(s => s.CreatedAt)
            .ToListAsync(Cancellation);
    }

    private static async Task<string> Words(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
}
