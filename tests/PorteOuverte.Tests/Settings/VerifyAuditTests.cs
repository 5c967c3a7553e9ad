using System.CommandLine;
using System.Globalization;
using PorteOuverte.Features.Settings.VerifyAudit;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Settings;

/// <summary>H3: <c>porte audit verify</c> says whether every chain is intact.</summary>
public sealed class VerifyAuditTests
{
    [Theory, BothDatabases]
    public async Task Chains_that_are_intact_are_told_with_their_heads(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var (other, _) = await house.NewWorkspace("Autre");
        using var visitor = await house.SignedIn(person);
        var (code, said) = await Verify(house);
        code.ShouldBe(0, said);
        foreach (var chain in new[] { Workspace.House, workspace, other })
        {
            said.ShouldContain($"Tête {(await house.Check(chain)).End}");
        }
        said.ShouldContain("Tout est intact.");
        var (_, one) = await Verify(house, "--workspace", $"{workspace}");
        one.ShouldContain($"{workspace}");
        one.ShouldNotContain($"{other}");
    }

    [Theory, BothDatabases]
    public async Task A_flaw_is_one_sentence_with_its_workspace_and_its_line(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.Append(workspace, 10);
        await house.Forge(workspace, "update audit_lines set action = 'x' where workspace_id = @w and number = 4");
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w and number in (6, 7)");
        var (code, said) = await Verify(house);
        code.ShouldBe(1, said);
        said.ShouldContain($"Espace {workspace}. La ligne 4 a été modifiée.");
        said.ShouldContain($"Espace {workspace}. Les lignes 6 à 7 manquent.");
        said.ShouldContain("2 anomalies.");
    }

    [Theory, BothDatabases]
    public async Task An_end_cut_off_after_a_verification_is_found_by_the_next(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.Append(workspace, 8);
        (await Verify(house)).Code.ShouldBe(0);
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w and number = 10");
        await house.Forge(
            workspace,
            "update audit_heads set number = 9, hash = (select hash from audit_lines l where l.workspace_id = @w and number = 9) where workspace_id = @w"
        );
        foreach (var _ in new[] { 1, 2 })
        {
            var (code, said) = await Verify(house);
            code.ShouldBe(1, said);
            said.ShouldContain("La fin est coupée\u00A0: la ligne 10 n’est plus là.");
            said.ShouldContain("audit-heads.txt");
        }
        File.Delete(Path.Combine(house.Database.Folder, "audit-heads.txt"));
        (await Verify(house)).Code.ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_head_noted_earlier_is_looked_for(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.Append(workspace, 3);
        var noted = (await house.Check(workspace)).End.ToString();
        await house.Append(workspace, 3);
        (await Verify(house, "--head", noted)).Code.ShouldBe(0);
        (await Verify(house, "--head", noted, "--workspace", $"{workspace}")).Code.ShouldBe(0);
        var wrong = "5:" + new string('a', 64);
        var (code, said) = await Verify(house, "--head", wrong);
        code.ShouldBe(1, said);
        said.ShouldContain($"La tête {wrong} n’est dans aucun registre");
        (await Verify(house, "--head", wrong, "--workspace", $"{workspace}")).Said.ShouldContain(
            "le registre a été refait"
        );
        await Should.ThrowAsync<Refusal>(() => Verify(house, "--head", "5"));
        await Should.ThrowAsync<Refusal>(() => Verify(house, "--workspace", "Atelier"));
    }

    [Fact]
    public async Task A_folder_without_data_is_refused_and_stays_empty()
    {
        var folder = Directory.CreateTempSubdirectory("porte-").FullName;
        await Should.ThrowAsync<Refusal>(() => Run("--data", folder));
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder);
    }

    private static Task<(int Code, string Said)> Verify(House house, params string[] options) =>
        Run([
            "--data",
            house.Database.Folder,
            .. house.Database.Connection is { } c ? new[] { "--database", c } : [],
            .. options,
        ]);

    private static async Task<(int Code, string Said)> Run(params string[] options)
    {
        var output = new StringWriter();
        var code = await VerifyAuditVerb
            .Verb(CultureInfo.GetCultureInfo("fr"))
            .Parse(["verify", .. options])
            .InvokeAsync(
                new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false },
                TestContext.Current.CancellationToken
            );
        return (code, output.ToString());
    }
}
