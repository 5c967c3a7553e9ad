using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<JobRun> JobRuns => Set<JobRun>();
    }
}

namespace PorteOuverte.Platform.Jobs
{
    internal sealed class JobRunTable : IEntityTypeConfiguration<JobRun>
    {
        public void Configure(EntityTypeBuilder<JobRun> builder)
        {
            builder.InWorkspace("job_runs");
            builder.NotAudited();
            builder.Property(r => r.State);
            builder.HasIndex(Conventions.WorkspaceId, nameof(JobRun.Job), nameof(JobRun.Occasion)).IsUnique();
            builder.HasIndex(Conventions.WorkspaceId, nameof(JobRun.CreatedAt));
        }
    }
}
