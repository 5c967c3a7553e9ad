using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>What all tables have in common.</summary>
internal static class Conventions
{
    public const string WorkspaceId = "WorkspaceId";
    public const string Version = "Version";
    private const string Bookkeeping = "Porte:NotAudited";

    /// <summary>Makes the table one of a workspace: its key begins with it, and the row takes the workspace entered when it is added.</summary>
    public static void InWorkspace<T>(this EntityTypeBuilder<T> builder, string table, params string[] key)
        where T : class
    {
        builder.ToTable(table);
        builder.Property<Id<Workspace>>(WorkspaceId).ValueGeneratedNever();
        builder.HasKey([WorkspaceId, .. key.Length == 0 ? ["Id"] : key]);
        foreach (var part in key.Length == 0 ? ["Id"] : key)
        {
            builder.Property(part).ValueGeneratedNever();
        }
        builder.HasOne<Workspace>().WithMany().HasForeignKey(WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <summary>A table with one row for each workspace.</summary>
    public static void OnceInWorkspace<T>(this EntityTypeBuilder<T> builder, string table)
        where T : class
    {
        builder.ToTable(table);
        builder.Property<Id<Workspace>>(WorkspaceId).ValueGeneratedNever();
        builder.HasKey(WorkspaceId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <summary>Whether the rows of a table belong to a workspace each: its key says so. A membership only points at one.</summary>
    public static bool IsOfWorkspace(IReadOnlyEntityType type) =>
        type.FindPrimaryKey()?.Properties[0].Name == WorkspaceId;

    /// <summary>A reference to a row of the same workspace: the key of both begins with it, so no row can point into another.</summary>
    public static void Refers<T, TTo>(
        this EntityTypeBuilder<T> builder,
        Expression<Func<T, object?>> to,
        DeleteBehavior onDelete = DeleteBehavior.Cascade
    )
        where T : class
        where TTo : class
    {
        var name = to.Body is UnaryExpression { Operand: MemberExpression boxed }
            ? boxed.Member.Name
            : ((MemberExpression)to.Body).Member.Name;
        builder.HasOne<TTo>().WithMany().HasForeignKey(WorkspaceId, name).OnDelete(onDelete);
    }

    /// <summary>The table is bookkeeping (mails to send, jobs to run, the audit trail itself): its changes are nobody's deed.</summary>
    public static void NotAudited<T>(this EntityTypeBuilder<T> builder)
        where T : class => builder.HasAnnotation(Bookkeeping, true);

    /// <summary>The column is bookkeeping: a change of it alone is nobody's deed.</summary>
    public static PropertyBuilder<T> NotAudited<T>(this PropertyBuilder<T> builder) =>
        builder.HasAnnotation(Bookkeeping, true);

    public static bool IsNotAudited(IReadOnlyAnnotatable tableOrColumn) =>
        tableOrColumn.FindAnnotation(Bookkeeping) is not null
        || tableOrColumn is IReadOnlyProperty { IsConcurrencyToken: true };

    public static void Types(ModelConfigurationBuilder configuration, bool sqlite)
    {
        // Instants are UTC on both; SQLite keeps them as text and forgets it.
        configuration.Properties<DateTime>().HaveConversion<UtcInstant>();
        configuration.Properties<Enum>().HaveConversion<string>();
        foreach (var id in Ids())
        {
            configuration
                .Properties(id)
                .HaveConversion(
                    (sqlite ? typeof(IdAsBytes<>) : typeof(IdAsGuid<>)).MakeGenericType(id.GetGenericArguments())
                );
        }
        if (sqlite)
        {
            // Sixteen bytes in the order of time, where the default would be text of thirty-six.
            configuration.Properties<Guid>().HaveConversion<GuidAsBytes>();
        }
    }

    private static IEnumerable<Type> Ids() =>
        typeof(AppDb)
            .Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsGenericType: false, IsAbstract: false })
            .SelectMany(t => t.GetProperties())
            .Select(p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Id<>) && !t.ContainsGenericParameters)
            .Distinct();

    /// <summary>Names of the database in its own manner: <c>job_runs.started_at</c>.</summary>
    public static void Names(IMutableModel model)
    {
        foreach (var type in model.GetEntityTypes())
        {
            foreach (var property in type.GetProperties())
            {
                if (property.Name == Version)
                {
                    property.IsConcurrencyToken = true;
                }
                if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                {
                    property.SetColumnName(Snake(property.Name));
                }
            }
            var table = type.GetTableName()!;
            foreach (var key in type.GetKeys())
            {
                key.SetName(key.IsPrimaryKey() ? $"{table}_pk" : $"{table}_{Columns(key.Properties)}_key");
            }
            foreach (var key in type.GetForeignKeys())
            {
                key.SetConstraintName($"{table}_{Columns(key.Properties)}_fk");
            }
            foreach (var index in type.GetIndexes().ToList())
            {
                // A foreign key's own index is made by us where it is needed, not by habit: most keys begin with the workspace already.
                if (((IConventionIndex)index).GetConfigurationSource() == ConfigurationSource.Convention)
                {
                    type.RemoveIndex(index);
                    continue;
                }
                index.SetDatabaseName($"{table}_{Columns(index.Properties)}");
            }
        }
    }

    private static string Columns(IReadOnlyList<IMutableProperty> properties) =>
        string.Join('_', properties.Select(p => p.GetColumnName()));

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && snake.Length > 0)
            {
                snake.Append('_');
            }
            snake.Append(char.ToLowerInvariant(c));
        }
        return snake.ToString();
    }

    private sealed class UtcInstant()
        : ValueConverter<DateTime, DateTime>(d => d.ToUniversalTime(), d => DateTime.SpecifyKind(d, DateTimeKind.Utc));

    private sealed class IdAsGuid<T>() : ValueConverter<Id<T>, Guid>(id => id.Value, value => new Id<T>(value));

    private sealed class IdAsBytes<T>()
        : ValueConverter<Id<T>, byte[]>(id => id.Value.ToByteArray(true), value => new Id<T>(new Guid(value, true)));

    private sealed class GuidAsBytes()
        : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), value => new Guid(value, true));
}
