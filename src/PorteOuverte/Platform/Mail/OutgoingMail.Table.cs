using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<OutgoingMail> Mails => Set<OutgoingMail>();
    }
}

namespace PorteOuverte.Platform.Mail
{
    internal sealed class OutgoingMailTable : IEntityTypeConfiguration<OutgoingMail>
    {
        public void Configure(EntityTypeBuilder<OutgoingMail> builder)
        {
            builder.InWorkspace("mails");
            builder.NotAudited();
            // What is due, the earliest first.
            builder.HasIndex(Conventions.WorkspaceId, nameof(OutgoingMail.State), nameof(OutgoingMail.NextAttemptAt));
        }
    }
}
