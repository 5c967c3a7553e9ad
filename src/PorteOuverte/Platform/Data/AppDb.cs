using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>The one database. It holds conventions; each feature adds its sets in its own mapping file.</summary>
public sealed partial class AppDb : DbContext
{
    private readonly CurrentWorkspace workspace;

    public AppDb(DbContextOptions<AppDb> options, CurrentWorkspace workspace)
        : base(options)
    {
        this.workspace = workspace;
        ChangeTracker.Tracking += (_, e) => BelongToTheWorkspaceEntered(e);
    }

    public DbSet<Workspace> Workspaces => Set<Workspace>();

    /// <summary>The workspace entered. Query filters read it at every query.</summary>
    public Id<Workspace> Workspace => workspace.Id ?? default;

    /// <summary>Saves in one transaction, also what interceptors add to it: the audit lines, the jobs that are due.</summary>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        await using var own = Database.CurrentTransaction is null
            ? await Database.BeginTransactionAsync(cancellationToken)
            : null;
        Prepare();
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }
        return saved;
    }

    /// <summary>The columns of a row that were changed and are not saved yet, for the trail.</summary>
    public IReadOnlyList<string> Changed(object row) =>
        [
            .. Entry(row)
                .Properties.Where(p => p.IsModified && !Conventions.IsNotAudited(p.Metadata))
                .Select(p => p.Metadata.GetColumnName()),
        ];

    /// <summary>Tells a connection that is already open, within a transaction, which workspace was entered since.</summary>
    public Task EnterWorkspace(CancellationToken cancellation) =>
        Database.IsSqlite()
            ? Task.CompletedTask
            : Database.ExecuteSqlAsync(
                $"select set_config('porte.workspace', {Workspace.Value.ToString()}, false)",
                cancellation
            );

    /// <summary>Waits until nobody else, on any node, does the same; until the end of the transaction. SQLite's transactions take turns by themselves.</summary>
    public Task TakeTurns(Turn turn, CancellationToken cancellation) =>
        Database.IsSqlite()
            ? Task.CompletedTask
            : Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({(long)turn})", cancellation);

    /// <summary>So too, but whoever does it in another workspace waits for nobody.</summary>
    public Task TakeTurnsHere(Turn turn, CancellationToken cancellation) =>
        Database.IsSqlite()
            ? Task.CompletedTask
            : Database.ExecuteSqlAsync(
                $"select pg_advisory_xact_lock(hashtextextended({Workspace.ToString()}, {(long)turn}))",
                cancellation
            );

    /// <summary>There is one way to save, and it is asynchronous.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Use SaveChangesAsync.");

    private void Prepare()
    {
        foreach (
            var entry in ChangeTracker
                .Entries()
                .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
        )
        {
            RefuseAnotherWorkspace(entry);
            // The version is a number on both databases: whoever saves second over the same version is told.
            if (entry.State == EntityState.Modified && entry.Metadata.FindProperty(Conventions.Version) is { } version)
            {
                entry.CurrentValues[version] = (long)entry.OriginalValues[version]! + 1;
            }
        }
    }

    private void BelongToTheWorkspaceEntered(EntityTrackingEventArgs e)
    {
        // The lines of the audit trail name their chain themselves; no other row does.
        if (
            e.State == EntityState.Added
            && e.Entry.Metadata.FindProperty(Conventions.WorkspaceId) is { } property
            && property.IsShadowProperty()
            && e.Entry.CurrentValues[property] is Id<Workspace> { Value: var given }
            && given == Guid.Empty
        )
        {
            e.Entry.CurrentValues[property] =
                workspace.Id ?? throw new InvalidOperationException("No workspace has been entered.");
        }
    }

    // PostgreSQL refuses it by itself; SQLite has only us.
    private void RefuseAnotherWorkspace(EntityEntry entry)
    {
        var belongs = entry.Entity is Workspace workspace
            ? workspace.Id == Workspace
            : !Conventions.IsOfWorkspace(entry.Metadata)
                || Workspace.Equals(entry.CurrentValues[Conventions.WorkspaceId]);
        if (!belongs)
        {
            throw new InvalidOperationException(
                $"A row of {entry.Metadata.GetTableName()} belongs to another workspace."
            );
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        Conventions.Types(configurationBuilder, Database.IsSqlite());
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        foreach (var type in modelBuilder.Model.GetEntityTypes().ToList())
        {
            if (Conventions.IsOfWorkspace(type))
            {
                // One filter for each business table: the rows of the workspace entered, and no other.
                OnlyOfWorkspaceMethod.MakeGenericMethod(type.ClrType).Invoke(this, [modelBuilder]);
            }
        }
        modelBuilder.Entity<Workspace>().HasQueryFilter(w => w.Id == Workspace);
        PlainLetters.Map(modelBuilder, Database.IsSqlite());
        Conventions.Names(modelBuilder.Model);
    }

    private static readonly System.Reflection.MethodInfo OnlyOfWorkspaceMethod = typeof(AppDb).GetMethod(
        nameof(OnlyOfWorkspace),
        System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
    )!;

    private void OnlyOfWorkspace<T>(ModelBuilder model)
        where T : class =>
        model.Entity<T>().HasQueryFilter(e => EF.Property<Id<Workspace>>(e, Conventions.WorkspaceId) == Workspace);
}
