using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Schemas;

/// <summary>What keeps one business out of another's rows, asked of the database itself, with the application's role.</summary>
[InFrench]
public sealed class TenancyTests
{
    // People stand above workspaces; keys and history belong to the house; Quartz carries the workspace within.
    private static readonly string[] AboveWorkspaces =
    [
        "people",
        "person_claims",
        "person_tokens",
        "person_passkeys",
        "memberships",
        "sessions",
        "data_protection_keys",
        "schema_history",
    ];

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task Every_table_of_a_workspace_is_guarded()
    {
        using var data = await Made("postgres");
        await using var connection = await data.Database.OpenOwner(TestContext.Current.CancellationToken);
        var tables = (await Catalogue.Read(connection)).Where(IsOfWorkspace).ToList();
        tables.ShouldNotBeEmpty();
        foreach (var table in tables)
        {
            table.Key[0].ShouldBe("workspace_id", table.Name);
            foreach (var key in table.ForeignKeys.Where(f => tables.Any(t => t.Name == f.To)))
            {
                key.Columns[0].ShouldBe("workspace_id", $"{table.Name}.{key.Name}");
                key.ToColumns[0].ShouldBe("workspace_id", $"{table.Name}.{key.Name}");
            }
            (
                await Catalogue.Rows(
                    connection,
                    $"select relrowsecurity and relforcerowsecurity from pg_class where oid = '{table.Name}'::regclass"
                )
            )[0]
                [0]
                .ShouldBe(true, table.Name);
            var policies = await Catalogue.Rows(
                connection,
                $"select cmd, permissive, roles::text, qual, with_check from pg_policies where schemaname = 'public' and tablename = '{table.Name}'"
            );
            policies.Count.ShouldBe(1, table.Name);
            policies[0]
                .ShouldBe(
                    [
                        "ALL",
                        "PERMISSIVE",
                        "{public}",
                        "(workspace_id = current_workspace())",
                        "(workspace_id = current_workspace())",
                    ],
                    table.Name
                );
        }
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task Nothing_entered_shows_nothing_and_a_workspace_shows_its_own_rows_only()
    {
        using var data = await Made("postgres");
        await using var owner = await data.Database.OpenOwner(TestContext.Current.CancellationToken);
        var filling = await Filling.Of(owner);
        await filling.Fill();
        await using var application = await Application(data);
        foreach (var table in filling.Tables.Where(IsOfWorkspace))
        {
            await Enter(application, null);
            (await Catalogue.Rows(application, $"select 1 from {table.Name}")).ShouldBeEmpty(table.Name);
            await Enter(application, WorkspaceOf(filling, 1));
            (await Catalogue.Rows(application, $"select workspace_id from {table.Name}"))
                .Select(r => r[0])
                .ShouldBe([WorkspaceOf(filling, 1)], table.Name);
        }
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task A_row_of_another_workspace_can_be_neither_written_nor_taken()
    {
        using var data = await Made("postgres");
        await using var owner = await data.Database.OpenOwner(TestContext.Current.CancellationToken);
        var filling = await Filling.Of(owner);
        await filling.Fill();
        var before = await filling.Read();
        await using var application = await Application(data);
        await Enter(application, WorkspaceOf(filling, 0));
        foreach (var table in filling.Tables.Where(IsOfWorkspace))
        {
            await Denied(table.Name, () => filling.Insert(application, table, 1));
            await Denied(
                table.Name,
                () => Run(application, $"update {table.Name} set workspace_id = '{WorkspaceOf(filling, 1)}'")
            );
            if (await MayWrite(application, table.Name))
            {
                (
                    await Run(
                        application,
                        $"update {table.Name} set workspace_id = workspace_id where workspace_id = '{WorkspaceOf(filling, 1)}'"
                    )
                ).ShouldBe(0, table.Name);
                (
                    await Run(application, $"delete from {table.Name} where workspace_id = '{WorkspaceOf(filling, 1)}'")
                ).ShouldBe(0, table.Name);
            }
        }
        (await filling.Read()).ShouldBe(before);
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task The_application_can_change_neither_tables_nor_their_history()
    {
        using var data = await Made("postgres");
        await using var application = await Application(data);
        foreach (
            var sql in (string[])
                [
                    "alter table workspaces disable row level security",
                    "alter table workspaces no force row level security",
                    "drop policy workspace on workspaces",
                    "delete from schema_history",
                    "create table mine (id integer)",
                ]
        )
        {
            await Denied(sql, () => Run(application, sql));
        }
        await data.Schema.RefuseTooStrongARole(TestContext.Current.CancellationToken);
    }

    [Theory]
    [Trait("Category", "Postgres")]
    [InlineData("superuser")]
    [InlineData("bypassrls")]
    [InlineData("in role porte_owner")]
    [InlineData("owner")]
    public async Task A_role_that_would_see_everybody_is_refused(string rights)
    {
        using var data = await Made("postgres");
        var role = rights == "owner" ? "porte_owner" : PostgresServer.NewRole(rights);
        var strong = data.Database with
        {
            Connection = new NpgsqlConnectionStringBuilder(data.Database.Connection) { Username = role }.ToString(),
        };
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            new Schema(strong, data.Clock).RefuseTooStrongARole(TestContext.Current.CancellationToken)
        );
        refusal.Message.ShouldContain(role);
    }

    [Theory, BothDatabases]
    public async Task The_program_itself_shows_and_saves_rows_of_the_workspace_entered_only(string database)
    {
        using var data = await Made(database);
        await using var owner = await data.Database.OpenOwner(TestContext.Current.CancellationToken);
        var filling = await Filling.Of(owner);
        await filling.Fill();
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddData(data.Database)
            .BuildServiceProvider();
        await In(
            services,
            null,
            async db =>
            {
                foreach (var type in Types(db))
                {
                    (await Count(db, type)).ShouldBe(0, type.GetTableName());
                }
            }
        );
        var own = new Id<Workspace>(
            database == "sqlite"
                ? new Guid((byte[])WorkspaceOf(filling, 1), bigEndian: true)
                : (Guid)WorkspaceOf(filling, 1)
        );
        await In(
            services,
            own,
            async db =>
            {
                foreach (var type in Types(db))
                {
                    (await Count(db, type)).ShouldBe(1, type.GetTableName());
                }
            }
        );
        await In(
            services,
            own,
            async db =>
            {
                foreach (var type in Types(db))
                {
                    db.ChangeTracker.Clear();
                    AddForeign(db, type);
                    (
                        await Should.ThrowAsync<InvalidOperationException>(() =>
                            db.SaveChangesAsync(TestContext.Current.CancellationToken)
                        )
                    ).Message.ShouldContain("another workspace", customMessage: type.GetTableName());
                }
            }
        );
    }

    private static bool IsOfWorkspace(Table table) =>
        !AboveWorkspaces.Contains(table.Name) && !table.Name.StartsWith("qrtz_", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<IEntityType> Types(AppDb db) =>
        db.Model.GetEntityTypes().Where(t => t.ClrType == typeof(Workspace) || Conventions.IsOfWorkspace(t));

    private static void AddForeign(AppDb db, IEntityType type)
    {
        var row =
            type.ClrType == typeof(Workspace)
                ? new Workspace(Id<Workspace>.New(), "")
                : RuntimeHelpers.GetUninitializedObject(type.ClrType);
        foreach (var text in type.FindPrimaryKey()!.Properties.Where(p => p.ClrType == typeof(string)))
        {
            text.PropertyInfo!.SetValue(row, "x");
        }
        var entry = db.Entry(row);
        if (type.ClrType != typeof(Workspace))
        {
            entry.Property(Conventions.WorkspaceId).CurrentValue = Id<Workspace>.New();
        }
        entry.State = EntityState.Added;
    }

    private static Task<int> Count(AppDb db, IEntityType type) =>
        (Task<int>)
            typeof(TenancyTests)
                .GetMethod(
                    nameof(CountOf),
                    System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
                )!
                .MakeGenericMethod(type.ClrType)
                .Invoke(null, [db])!;

    private static Task<int> CountOf<T>(AppDb db)
        where T : class => db.Set<T>().CountAsync(TestContext.Current.CancellationToken);

    private static async Task In(ServiceProvider services, Id<Workspace>? workspace, Func<AppDb, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        if (workspace is { } id)
        {
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(id);
        }
        await work(scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    private static async Task<EmptyData> Made(string database)
    {
        var data = new EmptyData(database);
        await data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
        return data;
    }

    private static object WorkspaceOf(Filling filling, int row)
    {
        var workspaces = filling.Tables.Single(t => t.Name == "workspaces");
        return filling.Value(workspaces, workspaces.Columns.Single(c => c.Name == "workspace_id"), row);
    }

    private static async Task<NpgsqlConnection> Application(EmptyData data)
    {
        var connection = new NpgsqlConnection(data.Database.Connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static Task<int> Enter(NpgsqlConnection connection, object? workspace) =>
        Run(connection, $"select set_config('porte.workspace', '{workspace}', false)");

    private static async Task<bool> MayWrite(NpgsqlConnection connection, string table) =>
        (bool)
            (
                await Catalogue.Rows(
                    connection,
                    $"select has_table_privilege('{table}', 'update') and has_table_privilege('{table}', 'delete')"
                )
            )[0][0]!;

    private static async Task Denied(string what, Func<Task> work) =>
        (await Should.ThrowAsync<PostgresException>(work)).SqlState.ShouldBe(
            PostgresErrorCodes.InsufficientPrivilege,
            what
        );

    private static async Task<int> Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
