using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Features.Diagnosis.SendWeekly;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<WeeklyLetter> WeeklyLetters => Set<WeeklyLetter>();
        public DbSet<WeeklyWish> WeeklyWishes => Set<WeeklyWish>();
    }
}

namespace PorteOuverte.Features.Diagnosis.SendWeekly
{
    internal sealed class WeeklyTable : IEntityTypeConfiguration<WeeklyLetter>, IEntityTypeConfiguration<WeeklyWish>
    {
        public void Configure(EntityTypeBuilder<WeeklyLetter> builder)
        {
            builder.InWorkspace("weekly_letters", nameof(WeeklyLetter.Week));
            builder.NotAudited();
        }

        public void Configure(EntityTypeBuilder<WeeklyWish> builder) =>
            builder.InWorkspace("weekly_wishes", nameof(WeeklyWish.PersonId));
    }
}
