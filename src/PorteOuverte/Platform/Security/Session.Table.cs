using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Session> Sessions => Set<Session>();
    }
}

namespace PorteOuverte.Platform.Security
{
    internal sealed class SessionTable : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("sessions");
            // The trail tells of signing in and out; the row is bookkeeping.
            builder.NotAudited();
            builder.HasKey(s => s.Id);
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
            builder.HasIndex(s => s.PersonId);
        }
    }
}
