using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Architecture;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Settings;

/// <summary>H3: the owner reads who did what, and nobody else does.</summary>
public sealed partial class ReadAuditTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task The_owner_reads_the_lines_of_this_workspace_and_of_no_other(string database)
    {
        await using var house = await House.Open(database);
        var (mine, claire) = await house.NewWorkspace();
        var (others, _) = await house.NewWorkspace("Autre");
        await house.Did(mine, claire, "mine.done");
        await house.Did(others, claire, "others.done");
        using var visitor = await house.SignedIn(claire);
        (await visitor.Read($"/e/{mine}/settings")).ShouldContain($"/e/{mine}/settings/audit");
        var page = await visitor.Read($"/e/{mine}/settings/audit");
        page.ShouldContain("Claire Aubry · mine.done");
        page.ShouldNotContain("others.done");
        page.ShouldContain("Les 3 dernières lignes sont intactes.");
        page.ShouldContain((await house.Check(mine)).End.ToString());
        (await visitor.Read($"/e/{mine}/settings/audit.csv")).ShouldNotContain("others.done");
        using var absent = await visitor.Get($"/e/{others}/settings/audit.csv");
        absent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothDatabases]
    public async Task Only_owners_read_it(string database)
    {
        await using var house = await House.Open(database);
        foreach (var role in new[] { Role.Reader, Role.Member, Role.Manager })
        {
            var (workspace, person) = await house.NewWorkspace(role: role);
            using var visitor = await house.SignedIn(person);
            (await visitor.Read($"/e/{workspace}/settings")).ShouldNotContain("settings/audit");
            foreach (var path in new[] { "audit", "audit.csv" })
            {
                using var answer = await visitor.Get($"/e/{workspace}/settings/{path}");
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role} {path}");
            }
        }
    }

    [Theory, BothDatabases]
    public async Task Lines_are_found_by_who_what_when_and_by_any_word_of_them(string database)
    {
        var clock = new Clock();
        await using var house = await House.Open(
            database,
            s => s.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );
        var (workspace, claire) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(claire);
        // Half past midnight in Paris is still the day before in London.
        clock.Now = clock.Now.Date.AddDays(10).AddHours(23.5);
        await house.Did(workspace, claire, "client.weighed");
        clock.Now = clock.Now.AddDays(1);
        await house.Did(workspace, null, "client.counted");
        var merged = DateOnly.FromDateTime(clock.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        async Task Finds(string filter, bool first, bool second)
        {
            var page = await visitor.Read($"/e/{workspace}/settings/audit?{filter}");
            Rows()
                .Matches(page)
                .Any(m => m.Value.Contains("client.weighed", StringComparison.Ordinal))
                .ShouldBe(first, filter);
            Rows()
                .Matches(page)
                .Any(m => m.Value.Contains("client.counted", StringComparison.Ordinal))
                .ShouldBe(second, filter);
        }

        await Finds("", true, true);
        await Finds($"person={claire.Id:N}", true, false);
        await Finds("person=none", false, true);
        await Finds("person=rien", false, false);
        await Finds("action=client.weighed", true, false);
        await Finds($"from={merged}&to={merged}", true, false);
        await Finds($"to={merged}", true, false);
        await Finds($"from={DateOnly.Parse(merged, CultureInfo.InvariantCulture).AddDays(1):yyyy-MM-dd}", false, true);
        await Finds("text=claire+aubry", true, false);
        await Finds("text=porte+ouverte", false, true);
        await Finds("text=COUNTED", false, true);
        await Finds($"text={workspace}", true, true);
        await Finds("text=%00", true, true);
        await Finds("text=introuvable", false, false);
        await Finds("from=hier&to=9999-99-99&before=x", true, true);
    }

    [Theory, BothDatabases]
    public async Task Pages_follow_each_other_without_a_line_twice_or_lost(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        await house.Append(workspace, 118);
        using var visitor = await house.SignedIn(claire);
        var seen = new List<long>();
        var path = $"/e/{workspace}/settings/audit?text=";
        for (var pages = 1; pages <= 3; pages++)
        {
            var page = await visitor.Read(path);
            seen.AddRange(
                Numbers().Matches(page).Select(m => long.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture))
            );
            var next = Next().Match(page);
            next.Success.ShouldBe(pages < 3);
            path = next.Groups["path"].Value;
            // Somebody goes on working meanwhile: nothing moves.
            await house.Append(workspace);
        }
        seen.ShouldBe(Enumerable.Range(1, 120).Reverse().Select(n => (long)n));
    }

    [Theory, BothDatabases]
    public async Task A_chain_that_was_touched_says_so(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        await house.Append(workspace, 1200);
        using var visitor = await house.SignedIn(claire);
        (await visitor.Read($"/e/{workspace}/settings/audit")).ShouldContain(
            "Les 1\u202F000 dernières lignes sont intactes."
        );
        await house.Forge(
            workspace,
            "update audit_lines set details = 'rien' where workspace_id = @w and number = 1200"
        );
        var page = await visitor.Read($"/e/{workspace}/settings/audit");
        page.ShouldContain("Quelqu’un a touché au registre.");
        page.ShouldContain("La ligne 1\u202F200 a été modifiée.");
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w");
        (await visitor.Read($"/e/{workspace}/settings/audit")).ShouldContain(
            "Les lignes 1 à 1\u202F202 ne sont plus là.",
            Case.Insensitive
        );
    }

    [Theory, BothDatabases]
    public async Task The_table_for_a_spreadsheet_holds_the_lines_of_the_filter(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        await house.Did(workspace, claire, "client.merged", new { formula = "=1+1", text = "a;\"b\"" });
        await house.Did(workspace, claire, "=cmd");
        using var visitor = await house.SignedIn(claire);
        using var answer = await visitor.Get($"/e/{workspace}/settings/audit.csv?person={claire.Id:N}");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("registre.csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        bytes.Take(3).ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        lines[0].ShouldBe("ligne;date et heure;qui;quoi;code;objet;détails;depuis;empreinte");
        lines[1].ShouldStartWith("4;");
        lines[1].ShouldContain(";'=cmd;");
        lines[2].ShouldContain(";\"formula = =1+1 · text = a;\"\"b\"\"\";");
        lines.Length.ShouldBe(4);
    }

    [Fact]
    public async Task Every_code_is_said_in_both_languages()
    {
        await using var house = await House.Open("sqlite");
        var words = house.Services.GetRequiredService<AuditWords>();
        var codes = SourceTree
            .Sources.Where(s => s.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(s => Codes().Matches(s.Text).Select(m => m.Groups["code"].Value))
            .Append("row.changed")
            .ToList();
        codes.ShouldContain("workspace.opened");
        foreach (var language in new[] { "fr", "en" })
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            codes.ShouldAllBe(c => !words.Action(c).Contains(c, StringComparison.Ordinal));
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTime Now { get; set; } = System.GetUtcNow().UtcDateTime;

        public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
    }

    [GeneratedRegex("<summary>.*?</summary>", RegexOptions.Singleline, 2000)]
    private static partial Regex Rows();

    [GeneratedRegex(@"<dt>ligne</dt><dd>(?<n>\d+)</dd>", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Numbers();

    [GeneratedRegex("rel=\"next\" href=\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Next();

    [GeneratedRegex("\\.Did\\(\\s*\"(?<code>[^\"]+)\"", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Codes();
}
