using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Passkey> Passkeys => Set<Passkey>();
    }
}

namespace PorteOuverte.Platform.Security
{
    internal sealed class PasskeyTable : IEntityTypeConfiguration<Passkey>
    {
        public void Configure(EntityTypeBuilder<Passkey> builder)
        {
            builder.ToTable("person_passkeys");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId);
            builder.HasIndex(p => p.PersonId);
            // Whoever signs in is found by it; and no key is two people's.
            builder.HasIndex(p => p.CredentialId).IsUnique();
        }
    }
}
