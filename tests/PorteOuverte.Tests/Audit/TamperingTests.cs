using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Audit;

/// <summary>H3: whatever is done to a chain by raw SQL is found, and named.</summary>
public sealed class TamperingTests
{
    private const int Length = 20;

    public static TheoryData<string, string> Columns
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var database in new[] { "sqlite", "postgres" })
            {
                var bytes = database == "sqlite" ? "x'00'" : "'\\x00'";
                var other = database == "sqlite" ? "randomblob(16)" : "gen_random_uuid()";
                string[] changes =
                [
                    "at = '2001-01-01 00:00:00'",
                    $"person_id = {other}",
                    "source = '127.0.0.1'",
                    "source = ''",
                    "action = 'thing.undone'",
                    "subject_kind = 'client'",
                    "subject_id = null",
                    "details = null",
                    "details = details || ' '",
                    $"previous = {bytes}",
                    "previous = hash",
                    $"hash = {bytes}",
                    "hash = previous",
                    .. database == "sqlite"
                        ? new[] { "at = at || '0'", "at = 'hier'", "person_id = x'01'" }
                        : ["at = 'infinity'"],
                ];
                foreach (var change in changes)
                {
                    var row = new TheoryDataRow<string, string>(database, change);
                    data.Add(database == "sqlite" ? row : row.WithTrait("Category", "Postgres"));
                }
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Columns))]
    public async Task A_line_changed_is_found(string database, string change)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        // The first, one in the middle and the last, in one chain.
        await house.Forge(
            workspace,
            $"update audit_lines set {change} where workspace_id = @w and number in (1, 7, 20)"
        );
        (await house.Check(workspace)).Findings.ShouldBe([
            new Finding(Flaw.Changed, 1, 1),
            new Finding(Flaw.Changed, 7, 7),
            new Finding(Flaw.Changed, Length, Length),
        ]);
    }

    [Theory, BothDatabases]
    public async Task A_line_deleted_in_the_middle_is_missing(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w and number in (4, 9, 10, 11)");
        (await house.Check(workspace)).Findings.ShouldBe([
            new Finding(Flaw.Missing, 4, 4),
            new Finding(Flaw.Missing, 9, 11),
        ]);
    }

    [Theory, BothDatabases]
    public async Task A_line_deleted_and_the_others_moved_up_is_found(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w and number = 10");
        for (var n = 11; n <= Length; n++)
        {
            await house.Forge(
                workspace,
                $"update audit_lines set number = {n - 1} where workspace_id = @w and number = {n}"
            );
        }
        (await house.Check(workspace)).Findings.ShouldBe([
            new Finding(Flaw.Changed, 10, Length - 1),
            new Finding(Flaw.Truncated, Length, Length),
        ]);
    }

    [Theory, BothDatabases]
    public async Task A_line_added_after_the_last_is_inserted(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        await house.Forge(workspace, Copy("number + 20", "number = 1"));
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Inserted, Length + 1, Length + 1)]);
        await house.Forge(workspace, Copy("0", "number = 1"));
        (await house.Check(workspace)).Findings.ShouldBe([
            new Finding(Flaw.Inserted, 0, 0),
            new Finding(Flaw.Inserted, Length + 1, Length + 1),
        ]);
    }

    [Theory, BothDatabases]
    public async Task A_line_slipped_in_between_is_inserted(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        for (var n = Length; n > 10; n--)
        {
            await house.Forge(
                workspace,
                $"update audit_lines set number = {n + 1} where workspace_id = @w and number = {n}"
            );
        }
        var line = (await house.Lines(workspace)).Single(l => l.Number == 10);
        var forged = new AuditLine
        {
            WorkspaceId = workspace,
            Number = 11,
            At = line.At,
            Action = "thing.forged",
            Previous = line.Hash,
        };
        await house.Forge(workspace, Copy("11", "number = 10", "thing.forged"), LineHash.Of(forged), line.Hash);
        var findings = (await house.Check(workspace)).Findings;
        findings.ShouldContain(new Finding(Flaw.Inserted, 11, 11));
        findings.ShouldContain(new Finding(Flaw.Changed, 12, Length));
    }

    [Theory, BothDatabases]
    public async Task The_last_lines_deleted_are_a_chain_cut_off(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w and number > 17");
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Truncated, 18, Length)]);
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w");
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Truncated, 1, Length)]);
        await house.Forge(workspace, "delete from audit_heads where workspace_id = @w");
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Empty, 0, 0)]);
    }

    [Theory, BothDatabases]
    public async Task The_last_lines_deleted_and_the_head_made_to_fit_contradict_the_head_that_was_noted(
        string database
    )
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        var noted = (await house.Check(workspace)).End;
        await house.Forge(workspace, "delete from audit_lines where workspace_id = @w and number > 17");
        await house.Forge(
            workspace,
            "update audit_heads set number = 17, hash = (select hash from audit_lines l where l.workspace_id = @w and number = 17) where workspace_id = @w"
        );
        (await house.Check(workspace)).Findings.ShouldBeEmpty("a chain alone cannot show it");
        (await house.Check(workspace, noted)).Findings.ShouldBe([new Finding(Flaw.Truncated, 18, Length)]);
        // The program goes on where the forger stopped.
        await house.Append(workspace, 5);
        (await house.Check(workspace, noted)).Findings.ShouldBe([new Finding(Flaw.Rewritten, 1, Length)]);
    }

    [Theory, BothDatabases]
    public async Task The_head_changed_or_deleted_is_found(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        await house.Forge(workspace, "update audit_heads set number = 25 where workspace_id = @w");
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Truncated, Length + 1, 25)]);
        await house.Forge(workspace, "update audit_heads set number = 19 where workspace_id = @w");
        (await house.Check(workspace)).Findings.ShouldContain(new Finding(Flaw.Inserted, Length, Length));
        await house.Forge(workspace, "delete from audit_heads where workspace_id = @w");
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Headless, Length, Length)]);
    }

    [Theory, BothDatabases]
    public async Task A_line_moved_to_another_workspace_is_missing_in_the_one_and_inserted_in_the_other(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        var (other, _) = await house.NewWorkspace("Autre");
        var target = database == "sqlite" ? $"x'{other}'" : $"'{other}'";
        await house.Forge(
            workspace,
            $"update audit_lines set workspace_id = {target} where workspace_id = @w and number = 8"
        );
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Missing, 8, 8)]);
        (await house.Check(other)).Findings.ShouldBe([new Finding(Flaw.Inserted, 8, 8)]);
    }

    [Theory, BothDatabases]
    public async Task A_line_written_anew_with_its_hash_is_found_by_its_neighbour(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        await Rewrite(house, workspace, 8, 8);
        (await house.Check(workspace)).Findings.ShouldBe([new Finding(Flaw.Changed, 8, 8)]);
        await Rewrite(house, workspace, Length, Length);
        (await house.Check(workspace)).Findings.ShouldBe([
            new Finding(Flaw.Changed, 8, 8),
            new Finding(Flaw.Changed, Length, Length),
        ]);
    }

    [Theory, BothDatabases]
    public async Task A_chain_computed_anew_contradicts_the_head_that_was_noted(string database)
    {
        var (house, workspace) = await Chain(database);
        await using var _ = house;
        var noted = (await house.Check(workspace)).End;
        await Rewrite(house, workspace, 5, Length);
        var last = (await house.Lines(workspace))[^1];
        await house.Forge(workspace, "update audit_heads set hash = @hash where workspace_id = @w", last.Hash);
        (await house.Check(workspace)).Findings.ShouldBeEmpty("a chain alone cannot show it");
        (await house.Check(workspace, noted)).Findings.ShouldBe([new Finding(Flaw.Rewritten, 1, Length)]);
    }

    /// <summary>A chain of twenty lines: two of the workspace and its member, eighteen of deeds.</summary>
    private static async Task<(House House, Id<Workspace> Workspace)> Chain(string database)
    {
        var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.Append(workspace, Length - 2);
        (await house.Check(workspace)).Findings.ShouldBeEmpty();
        return (house, workspace);
    }

    private static string Copy(string number, string of, string? forged = null) =>
        forged is null
            ? $"insert into audit_lines select workspace_id, {number}, at, person_id, source, action, subject_kind, subject_id, details, previous, hash from audit_lines where workspace_id = @w and {of}"
            : $"insert into audit_lines select workspace_id, {number}, at, null, null, '{forged}', null, null, null, @previous, @hash from audit_lines where workspace_id = @w and {of}";

    /// <summary>Changes a line as the program would have written it, and computes all up to another one anew.</summary>
    private static async Task Rewrite(House house, Id<Workspace> workspace, int from, int to)
    {
        var lines = await house.Lines(workspace);
        var previous = lines[from - 1].Previous;
        foreach (var line in lines.Skip(from - 1).Take(to - from + 1))
        {
            var forged = new AuditLine
            {
                WorkspaceId = workspace,
                Number = line.Number,
                At = line.At,
                PersonId = line.PersonId,
                Source = line.Source,
                Action = "thing.forged",
                SubjectKind = line.SubjectKind,
                SubjectId = line.SubjectId,
                Details = line.Details,
                Previous = previous,
            };
            var hash = LineHash.Of(forged);
            await house.Forge(
                workspace,
                $"update audit_lines set action = 'thing.forged', previous = @previous, hash = @hash where workspace_id = @w and number = {line.Number}",
                hash,
                previous
            );
            previous = hash;
        }
    }
}
