using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Audit;

/// <summary>H3: every change leaves its line, in its own transaction, in one chain for each workspace.</summary>
public sealed class TrailTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Many_saves_make_one_chain_without_a_gap(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.Append(workspace, 30);
        var lines = await house.Lines(workspace);
        lines.Select(l => l.Number).ShouldBe(Enumerable.Range(1, lines.Count).Select(n => (long)n));
        lines.Skip(1).Select(l => l.Previous).ShouldBe(lines.SkipLast(1).Select(l => l.Hash));
        lines.ShouldAllBe(l => l.Hash.SequenceEqual(LineHash.Of(l)));
        var (end, findings) = await house.Check(workspace);
        findings.ShouldBeEmpty();
        end.Number.ShouldBe(lines.Count);
    }

    [Theory, BothDatabases]
    public async Task Two_hundred_who_write_at_once_make_one_chain(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var before = (await house.Check(workspace)).End.Number;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => house.Append(workspace), Stop)));
        var (end, findings) = await house.Check(workspace);
        findings.ShouldBeEmpty();
        end.Number.ShouldBe(before + 200);
    }

    [Theory, BothDatabases]
    public async Task A_chain_that_many_begin_at_once_begins_once(string database)
    {
        await using var house = await House.Open(database);
        var workspace = Id<Workspace>.New();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => house.Append(workspace), Stop)));
        var (end, findings) = await house.Check(workspace);
        findings.ShouldBeEmpty();
        end.Number.ShouldBe(20);
    }

    [Theory, BothDatabases]
    public async Task A_change_that_is_rolled_back_leaves_no_line(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var before = (await house.Lines(workspace)).Count;
        await house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                await using var transaction = await db.Database.BeginTransactionAsync(Stop);
                services.GetRequiredService<AuditTrail>().Did("thing.done");
                await db.SaveChangesAsync(Stop);
                await transaction.RollbackAsync(Stop);
            }
        );
        (await house.Lines(workspace)).Count.ShouldBe(before);
        await house.Append(workspace);
        (await house.Check(workspace)).Findings.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_save_that_fails_leaves_no_line_and_the_next_one_tells_both(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var before = (await house.Lines(workspace)).Count;
        await house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                var nobody = db.Add(
                    new Membership
                    {
                        PersonId = Id<Person>.New().Value,
                        WorkspaceId = workspace,
                        WorkspaceName = "Atelier",
                        Role = Role.Reader,
                        Since = default,
                    }
                );
                services.GetRequiredService<AuditTrail>().Did("thing.done");
                await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
                (await house.Lines(workspace)).Count.ShouldBe(before);
                nobody.State = EntityState.Detached;
                await db.SaveChangesAsync(Stop);
            }
        );
        (await house.Lines(workspace)).Count.ShouldBe(before + 1);
        (await house.Check(workspace)).Findings.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task What_no_handler_told_is_told_by_a_plain_line(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        await house.In(
            workspace,
            async db =>
            {
                (await db.Workspaces.SingleAsync(Stop)).Name = "Atelier Lyre";
                await db.SaveChangesAsync(Stop);
            }
        );
        var lines = await house.Lines(workspace);
        lines.ShouldAllBe(l => l.Action == "row.changed");
        lines
            .Select(l => (l.SubjectKind, l.SubjectId, l.Details))
            .ShouldBe([
                ("workspaces", $"{workspace}", """{"change":"added"}"""),
                ("memberships", $"{person.Id:N}", """{"change":"added"}"""),
                ("workspaces", $"{workspace}", """{"change":"changed","columns":["name"]}"""),
            ]);
    }

    [Theory, BothDatabases]
    public async Task The_sign_ins_are_in_the_chain_of_the_house(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        await visitor.Submit("/sign-in", "sign-in", ("In.Email", "inconnue@example.fr"), ("In.Password", "secret"));
        await visitor.Submit("/sign-in", "sign-in", ("In.Email", person.Email!), ("In.Password", "secret"));
        await visitor.Submit("/sign-in", "sign-in", ("In.Email", person.Email!), ("In.Password", House.Password));
        using var left = await visitor.Submit($"/e/{workspace}/settings", "/sign-out");
        left.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var lines = (await house.Lines(Workspace.House)).Where(l => l.Action != "row.changed").ToList();
        var id = new Id<Person>(person.Id);
        lines
            .Select(l => (l.Action, l.SubjectId, l.PersonId))
            .ShouldBe([
                ("sign-in.failed", null, null),
                ("sign-in.failed", $"{id}", null),
                ("sign-in.done", $"{id}", id),
                ("sign-out.done", $"{id}", id),
            ]);
        lines.ShouldAllBe(l => l.Source != null && l.Details == null);
        (await house.Check(Workspace.House)).Findings.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task The_first_owner_begins_two_chains_with_one_form(string database)
    {
        await using var house = await House.Open(database);
        var code = house
            .Services.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("first owner")
            .ToTimeLimitedDataProtector()
            .Protect("first owner", TimeSpan.FromHours(1));
        using var claire = new Visitor(house.Url);
        using var opened = await claire.Submit(
            "/welcome?code=" + code,
            "welcome",
            ("In.Workspace", "Atelier Véga"),
            ("In.Name", "Claire Aubry"),
            ("In.Email", "claire@example.fr"),
            ("In.Password", House.Password)
        );
        var workspace = Id<Workspace>.Parse(opened.Headers.Location!.ToString().Split('/')[^2], null);
        var account = (await house.Lines(Workspace.House)).ShouldHaveSingleItem();
        var opening = (await house.Lines(workspace)).ShouldHaveSingleItem();
        account.Action.ShouldBe("person.created");
        account.SubjectId.ShouldBe($"{account.PersonId}");
        (opening.Action, opening.SubjectId).ShouldBe(("workspace.opened", $"{workspace}"));
        opening.PersonId.ShouldBe(account.PersonId);
        (await house.Check(workspace)).Findings.ShouldBeEmpty();
        (await house.Check(Workspace.House)).Findings.ShouldBeEmpty();
        (await claire.Read($"/e/{workspace}/settings/audit")).ShouldContain("Claire Aubry a créé l’espace");
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task The_role_of_the_application_adds_lines_and_cannot_rewrite_them()
    {
        await using var house = await House.Open("postgres");
        var (workspace, _) = await house.NewWorkspace();
        foreach (
            var sql in new[] { "update audit_lines set action = ''", "delete from audit_lines", "truncate audit_lines" }
        )
        {
            await house.In(
                workspace,
                async db =>
                    (
                        await Should.ThrowAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql, Stop))
                    ).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege)
            );
        }
        (await house.Check(workspace)).Findings.ShouldBeEmpty();
    }
}
