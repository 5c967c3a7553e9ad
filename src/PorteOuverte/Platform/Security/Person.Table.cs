using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Person> People => Set<Person>();

        public DbSet<Membership> Memberships => Set<Membership>();
    }
}

namespace PorteOuverte.Platform.Security
{
    internal sealed class PersonTable
        : IEntityTypeConfiguration<Person>,
            IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
            IEntityTypeConfiguration<IdentityUserToken<Guid>>,
            IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("people");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
            // Counted at every wrong password; the trail tells of the sign-in itself.
            builder.Property(p => p.AccessFailedCount).NotAudited();
            builder.Property(p => p.LockoutEnd).NotAudited();
            builder.Property(p => p.LastCodeStep).NotAudited();
            builder.Property(p => p.WrongCodes).NotAudited();
            builder.Property(p => p.CodesClosedUntil).NotAudited();
            builder.HasIndex(p => p.NormalizedUserName).IsUnique();
            builder.HasIndex(p => p.NormalizedEmail);
        }

        public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder)
        {
            builder.ToTable("person_claims");
            builder.HasKey(c => c.Id);
            builder.HasOne<Person>().WithMany().HasForeignKey(c => c.UserId);
            builder.HasIndex(c => c.UserId);
        }

        public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder)
        {
            builder.ToTable("person_tokens");
            builder.HasKey(t => new
            {
                t.UserId,
                t.LoginProvider,
                t.Name,
            });
            builder.HasOne<Person>().WithMany().HasForeignKey(t => t.UserId);
        }

        public void Configure(EntityTypeBuilder<Membership> builder)
        {
            builder.ToTable("memberships");
            builder.HasKey(m => new { m.PersonId, m.WorkspaceId });
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
            builder.HasOne<Workspace>().WithMany().HasForeignKey(m => m.WorkspaceId);
            builder.HasIndex(m => m.WorkspaceId);
        }
    }
}
