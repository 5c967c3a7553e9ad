using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Features.Accounts;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Invitation> Invitations => Set<Invitation>();
    }
}

namespace PorteOuverte.Features.Accounts
{
    internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> builder)
        {
            builder.InWorkspace("invitations");
            builder.HasIndex(Conventions.WorkspaceId, nameof(Invitation.Email)).IsUnique();
            builder.HasIndex(Conventions.WorkspaceId, nameof(Invitation.TokenHash)).IsUnique();
        }
    }
}
