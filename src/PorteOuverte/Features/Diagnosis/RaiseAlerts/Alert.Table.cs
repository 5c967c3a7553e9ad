using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Alert> Alerts => Set<Alert>();
        public DbSet<AlertStep> AlertSteps => Set<AlertStep>();
    }
}

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts
{
    internal sealed class AlertTable : IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertStep>
    {
        public void Configure(EntityTypeBuilder<Alert> builder)
        {
            builder.InWorkspace("alerts");
            builder.Ignore(a => a.HasEnded).Ignore(a => a.Then).Ignore(a => a.Now);
            builder.Refers<Alert, Client>(a => a.ClientId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(Alert.Holding)).IsUnique();
            builder.HasIndex(Conventions.WorkspaceId, nameof(Alert.ClientId));
            // Each picture and each mail notes them: nobody's deed.
            builder.Property(a => a.HeldOn).NotAudited();
            builder.Property(a => a.Lately).NotAudited();
            builder.Property(a => a.ToldAt).NotAudited();
        }

        public void Configure(EntityTypeBuilder<AlertStep> builder)
        {
            builder.InWorkspace("alert_steps");
            builder.Refers<AlertStep, Alert>(s => s.AlertId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(AlertStep.AlertId));
        }
    }
}
