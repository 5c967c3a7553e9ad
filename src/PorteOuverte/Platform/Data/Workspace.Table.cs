using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Kernel;

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
        builder.Property(w => w.Siren).HasConversion(s => s!.Value.Digits, digits => Siren.Read(digits));
        builder.Ignore(w => w.Thresholds);
        builder.Ignore(w => w.PaymentTerms);
        builder.Ignore(w => w.WorkingWeek);
    }
}
