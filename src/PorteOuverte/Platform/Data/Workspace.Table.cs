using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PorteOuverte.Platform.Data;

internal sealed class WorkspaceTable : IEntityTypeConfiguration<Workspace>
{
    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.ToTable("workspaces");
        builder.HasKey(w => w.Id);
        // Named like the column of every other table, so that the data can be distributed by this one key.
        builder.Property(w => w.Id).HasColumnName("workspace_id").ValueGeneratedNever();
        builder.Property(w => w.Name);
    }
}
