using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Audit;

/// <summary>The safety net: a save of which no handler said a word gets a plain line for each row it changes. Which columns, never what stands in them.</summary>
internal static class UnsaidChanges
{
    public const string Action = "row.changed";

    public static List<Deed> Of(ChangeTracker changes) =>
        [.. changes.Entries().Where(e => !Conventions.IsNotAudited(e.Metadata)).Select(e => Deed(e)).OfType<Deed>()];

    private static Deed? Deed(EntityEntry row) =>
        row.State switch
        {
            EntityState.Added => Deed(row, new { change = "added" }),
            EntityState.Deleted => Deed(row, new { change = "removed" }),
            EntityState.Modified when Columns(row) is { Count: > 0 } columns => Deed(
                row,
                new { change = "changed", columns }
            ),
            _ => null,
        };

    private static Deed Deed(EntityEntry row, object details) =>
        new(Action, row.Metadata.GetTableName(), Key(row), AuditTrail.Written(details));

    private static List<string> Columns(EntityEntry row) =>
        [
            .. row
                .Properties.Where(p => p.IsModified && !Conventions.IsNotAudited(p.Metadata))
                .Select(p => p.Metadata.GetColumnName()),
            .. row.ComplexProperties.Where(p => p.IsModified).Select(p => p.Metadata.Name),
        ];

    private static string Key(EntityEntry row)
    {
        var key = row
            .Metadata.FindPrimaryKey()!
            .Properties.Where(p => row.Metadata.ClrType == typeof(Workspace) || p.Name != Conventions.WorkspaceId)
            .Select(p => row.Property(p).CurrentValue)
            .Select(v =>
                v is Guid id ? id.ToString("N")
                : v is null ? ""
                : FormattableString.Invariant($"{v}")
            );
        return string.Join('/', key);
    }
}
