using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<AuditLine> AuditLines => Set<AuditLine>();

        public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    }
}

namespace PorteOuverte.Platform.Audit
{
    // Keyed by workspace like every business table, but without a reference to it: the trail of a workspace outlives it,
    // and the House, which is nobody's workspace, has one too.
    internal sealed class AuditLineTable : IEntityTypeConfiguration<AuditLine>, IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditLine> builder)
        {
            builder.ToTable("audit_lines");
            builder.NotAudited();
            builder.HasKey(l => new { l.WorkspaceId, l.Number });
            builder.Property(l => l.Number).ValueGeneratedNever();
            builder.HasIndex(l => new
            {
                l.WorkspaceId,
                l.PersonId,
                l.Number,
            });
            builder.HasIndex(l => new
            {
                l.WorkspaceId,
                l.Action,
                l.Number,
            });
        }

        public void Configure(EntityTypeBuilder<AuditHead> builder)
        {
            builder.ToTable("audit_heads");
            builder.NotAudited();
            builder.HasKey(h => h.WorkspaceId);
        }
    }
}
