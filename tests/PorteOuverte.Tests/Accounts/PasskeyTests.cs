using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PorteOuverte.Features.Accounts;
using PorteOuverte.Features.Accounts.AskReset;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

/// <summary>H1: a key that a device keeps, in place of the password.</summary>
public sealed class PasskeyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task A_key_that_was_added_opens_the_account_alone(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey();
        await Add(house, workspace, claire, key, "Pixel");

        using var visitor = new Visitor(house.Url);
        using var entered = await Show(visitor, key);
        entered.Headers.Location!.ToString().ShouldBe("/");
        (await visitor.Read($"/e/{workspace}/settings")).ShouldContain("Atelier Véga");
        var passkey = await house.Ask(workspace, db => db.Passkeys.AsNoTracking().SingleAsync(Stop));
        passkey.LastUsedAt.ShouldNotBeNull();
        (await visitor.Read(Page(workspace))).ShouldContain("Pixel");
        (await house.Ask(Workspace.House, db => db.Mails.AsNoTracking().SingleAsync(Stop))).Text.ShouldContain(
            "«\u00A0Pixel\u00A0»"
        );
        var trail = await visitor.Read($"/e/{workspace}/settings/audit");
        trail.ShouldContain("Claire Aubry a ajouté une clé d’accès");
        (await house.Ask(workspace, Unsaid)).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task It_stands_for_the_code_too_and_opens_where_wrong_passwords_have_locked(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey();
        await Add(house, workspace, claire, key);
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                var person = await db.People.SingleAsync(p => p.Id == claire.Id, Stop);
                (person.TwoFactorEnabled, person.LockoutEnd) = (true, DateTimeOffset.MaxValue);
                await db.SaveChangesAsync(Stop);
            }
        );
        using var visitor = new Visitor(house.Url);
        using var entered = await Show(visitor, key);
        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Read($"/e/{workspace}/settings")).ShouldContain("Atelier Véga");
    }

    [Theory, BothDatabases]
    public async Task Several_keys_are_told_apart_renamed_and_removed(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var first = new SoftKey();
        using var second = new SoftKey();
        var visitor = await Add(house, workspace, claire, first, "Pixel");
        await Add(visitor, workspace, second, "Bureau");
        var ids = await house.Ask(workspace, db => db.Passkeys.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(Stop));

        using var renamed = await visitor.Submit(
            $"{Page(workspace)}?change={ids[1]}",
            "rename",
            ("Name", "Ordinateur")
        );
        renamed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Read(Page(workspace))).ShouldContain("Ordinateur");
        using var nameless = await visitor.Submit($"{Page(workspace)}?change={ids[1]}", "rename", ("Name", " "));
        nameless.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var removed = await visitor.Submit($"{Page(workspace)}?change={ids[0]}", "remove");
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Read(Page(workspace))).ShouldNotContain("Pixel");
        using var stranger = new Visitor(house.Url);
        using var gone = await Show(stranger, first);
        (await Text(gone)).ShouldContain("Cette clé n’ouvre aucun compte ici");
        using var entered = await Show(stranger, second);
        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        visitor.Dispose();
    }

    [Theory, BothDatabases]
    public async Task A_key_is_added_or_removed_only_by_whoever_showed_lately_who_they_are(string database)
    {
        var clock = new Clock();
        await using var house = await House.Open(
            database,
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey();
        using var visitor = await Add(house, workspace, claire, key, "Pixel");
        var id = await house.Ask(workspace, db => db.Passkeys.Select(p => p.Id).SingleAsync(Stop));
        var one = $"{Page(workspace)}?change={id}";
        var (add, remove) = (await visitor.Fill(Page(workspace), "add"), await visitor.Fill(one, "remove"));
        using var other = new SoftKey();
        var made = other.Make(await Options(visitor, add, Page(workspace) + "/options"));

        clock.Advance(TimeSpan.FromMinutes(11));
        using var question = await visitor.Send(add with { Address = Page(workspace) + "/options" });
        question.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var added = await visitor.Send(add, ("Adding.Credential", made), ("Adding.Name", "Autre"));
        (await Text(added)).ShouldContain("D’abord, votre mot de passe");
        using var removed = await visitor.Send(remove);
        (await Text(removed)).ShouldContain("D’abord, votre mot de passe");
        (await house.Ask(workspace, db => db.Passkeys.Select(p => p.Name).SingleAsync(Stop))).ShouldBe("Pixel");

        using var proved = await visitor.Submit(one, Proof.Form, ("Proving.Password", House.Password));
        proved.Headers.Location!.ToString().ShouldEndWith(one);
        using var gone = await visitor.Submit(one, "remove");
        gone.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task A_new_password_by_a_link_takes_the_keys_away_unless_they_are_kept(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey();
        using var hers = await Add(house, workspace, claire, key);
        using var visitor = new Visitor(house.Url);
        foreach (var remove in new[] { false, true })
        {
            var link = await Link(house, workspace, claire);
            (await visitor.Read(link)).ShouldMatch("name=\"In.RemovePasskeys\" value=\"true\" checked");
            using var reset = await visitor.Submit(
                link,
                "reset",
                [("In.Password", $"encore une phrase {remove}"), .. remove ? [("In.RemovePasskeys", "true")] : Nothing]
            );
            reset.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await house.Ask(workspace, db => db.Passkeys.CountAsync(Stop))).ShouldBe(remove ? 0 : 1);
        }
        (await visitor.Read(await Link(house, workspace, claire))).ShouldNotContain("RemovePasskeys");
        var mails = await house.Ask(Workspace.House, db => db.Mails.Select(m => m.Text).ToListAsync(Stop));
        mails.ShouldContain(m => m.Contains("Votre clé d’accès fonctionne toujours.", StringComparison.Ordinal));
        mails.ShouldContain(m => m.Contains("Votre clé d’accès est retirée", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://porte.example.fr", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://porte.example.fr", false)]
    [InlineData("https://10.0.0.5", false)]
    [InlineData("http://127.0.0.1:5080", false)]
    public async Task Keys_are_offered_only_where_browsers_know_them(string address, bool offered)
    {
        await using var house = await House.Open("sqlite", settings: ("PublicUrl", address));
        using var visitor = new Visitor(house.Url);
        (await visitor.Read("/sign-in")).Contains("<porte-passkey", StringComparison.Ordinal).ShouldBe(offered);
    }

    [Theory, BothDatabases]
    public async Task The_last_way_in_cannot_be_removed(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey();
        using var visitor = await Add(house, workspace, claire, key);
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                (await db.People.SingleAsync(p => p.Id == claire.Id, Stop)).PasswordHash = null;
                await db.SaveChangesAsync(Stop);
            }
        );
        var id = await house.Ask(workspace, db => db.Passkeys.Select(p => p.Id).SingleAsync(Stop));
        using var refused = await visitor.Submit($"{Page(workspace)}?change={id}", "remove");
        (await Text(refused)).ShouldContain("votre seul moyen d’entrer");
    }

    [Theory, BothDatabases]
    public async Task The_keys_of_others_do_not_exist(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (others, paul) = await house.NewWorkspace("Autre");
        using var key = new SoftKey();
        using var hers = await Add(house, workspace, claire, key, "Pixel");
        using var his = await house.SignedIn(paul);
        var id = await house.Ask(workspace, db => db.Passkeys.Select(p => p.Id).SingleAsync(Stop));
        var form = await hers.Fill($"{Page(workspace)}?change={id}", "remove");
        (await his.Read($"{Page(others)}?change={id}")).ShouldNotContain("Pixel");
        var add = await his.Fill(Page(others), "add");
        using var tried = await his.Send(
            form with
            {
                Address = $"{Page(others)}?change={id}",
                Hidden = [.. add.Hidden.Where(h => h.Key != "_handler"), KeyValuePair.Create("_handler", "remove")],
            }
        );
        (await house.Ask(workspace, db => db.Passkeys.CountAsync(Stop))).ShouldBe(1);
    }

    [Theory]
    [InlineData("https://porte.example.com", true)]
    [InlineData("http://porte.example.fr", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("https://porte.example.fr", false)]
    public async Task A_key_of_another_address_or_of_a_device_that_asked_nobody_is_refused(string origin, bool verified)
    {
        await using var house = await House.Open("sqlite");
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey(origin) { UserVerified = verified };
        using var visitor = await house.SignedIn(claire);
        using var answer = await Make(visitor, workspace, key, "Pixel");
        (await Text(answer)).ShouldContain("La clé n’a pas pu être ajoutée");
        (await house.Ask(workspace, db => db.Passkeys.CountAsync(Stop))).ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_is_taken_once_and_from_the_browser_that_was_asked()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey();
        using var hers = await Add(house, workspace, claire, key);
        using var visitor = new Visitor(house.Url);
        using var other = new Visitor(house.Url);
        var form = await visitor.Fill("/sign-in", "passkey");
        var answer = key.Show(await Options(visitor, form, "/sign-in/passkey"));
        using var elsewhere = await other.Submit("/sign-in", "passkey", ("Credential", answer));
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var first = await visitor.Send(form, ("Credential", answer));
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var again = await visitor.Submit("/sign-in", "passkey", ("Credential", answer));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var nonsense in new[] { "", "{}", "null", "[1]", "{\"id\":\"AA\",\"type\":\"public-key\"}" })
        {
            using var refused = await other.Submit("/sign-in", "passkey", ("Credential", nonsense));
            refused.StatusCode.ShouldBe(HttpStatusCode.OK, nonsense);
        }
    }

    [Fact]
    public async Task A_copy_of_a_device_that_counts_is_noticed()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, claire) = await house.NewWorkspace();
        using var key = new SoftKey { Count = 1 };
        using var hers = await Add(house, workspace, claire, key);
        using var visitor = new Visitor(house.Url);
        key.Count = 7;
        using var entered = await Show(visitor, key);
        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        key.Count = 5;
        using var copied = await Show(visitor, key);
        copied.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_question_is_put_for_the_address_of_the_settings_whatever_host_is_asked()
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Host = "evil.example.com";
        var options = await Options(visitor, await visitor.Fill("/sign-in", "passkey"), "/sign-in/passkey");
        options.ShouldContain("\"rpId\":\"porte.example.fr\"");
        options.ShouldContain("\"userVerification\":\"required\"");
        options.ShouldContain("\"allowCredentials\":[]");
    }

    private static async Task<Visitor> Add(
        House house,
        Id<Workspace> workspace,
        Person person,
        SoftKey key,
        string name = "Pixel"
    )
    {
        var visitor = await house.SignedIn(person);
        await Add(visitor, workspace, key, name);
        return visitor;
    }

    private static async Task Add(Visitor visitor, Id<Workspace> workspace, SoftKey key, string name)
    {
        using var added = await Make(visitor, workspace, key, name);
        added.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task<HttpResponseMessage> Make(
        Visitor visitor,
        Id<Workspace> workspace,
        SoftKey key,
        string name
    )
    {
        var form = await visitor.Fill(Page(workspace), "add");
        var options = await Options(visitor, form, Page(workspace) + "/options");
        return await visitor.Send(form, ("Adding.Credential", key.Make(options)), ("Adding.Name", name));
    }

    private static async Task<HttpResponseMessage> Show(Visitor visitor, SoftKey key)
    {
        var form = await visitor.Fill("/sign-in", "passkey");
        var options = await Options(visitor, form, "/sign-in/passkey");
        return await visitor.Send(form, ("Credential", key.Show(options)));
    }

    private static async Task<string> Options(Visitor visitor, Visitor.Form form, string address)
    {
        using var answer = await visitor.Send(form with { Address = address });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    /// <summary>Changes nobody said a word of.</summary>
    private static Task<List<string?>> Unsaid(AppDb db) =>
        db
            .AuditLines.Where(l =>
                l.Action == "row.changed" && l.SubjectKind != "workspaces" && l.SubjectKind != "memberships"
            )
            .Select(l => l.SubjectKind)
            .ToListAsync(Stop);

    private static readonly (string Name, string Value)[] Nothing = [];

    private static async Task<string> Link(House house, Id<Workspace> workspace, Person person)
    {
        var fresh = await house.Ask(
            workspace,
            db => db.People.AsNoTracking().SingleAsync(p => p.Id == person.Id, Stop)
        );
        await using var scope = house.Services.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<ResetLinks>().For(fresh).PathAndQuery;
    }

    private static string Page(Id<Workspace> workspace) => $"/e/{workspace}/account/passkeys";

    private static async Task<string> Text(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
}
