using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<KeptPicture> Pictures => Set<KeptPicture>();
        public DbSet<DiagnosisSettings> DiagnosisSettings => Set<DiagnosisSettings>();
    }
}

namespace PorteOuverte.Features.Diagnosis
{
    /// <summary>A picture in the database; the one of <see cref="Look.Now"/> is made after every change, the others when somebody looks.</summary>
    public sealed class KeptPicture
    {
        public required string Look { get; init; }

        public DateTime MadeAt { get; set; }

        /// <summary>The last change of the money that it knows of (<see cref="Workspace.MoneyChange"/>).</summary>
        public long Change { get; set; }

        /// <summary>How its text is written; of another than <see cref="TakePicture.KeptReport.Format"/> it cannot be read, and is as if it were not there.</summary>
        public int Format { get; set; }

        public required string Content { get; set; }
    }

    /// <summary>What people said of their charges and of what they want to be told.</summary>
    public sealed class DiagnosisSettings
    {
        public const int UsualLeastMonths = 6;

        /// <summary>Accounts of charges that follow the sales, by their first three digits, with commas between them.</summary>
        public string VariableCharges { get; set; } = "";

        /// <summary>With cash for fewer months than these one wants to be told.</summary>
        public int LeastMonths { get; set; } = UsualLeastMonths;

        public long Version { get; private set; }

        public IReadOnlySet<string> Variable =>
            VariableCharges.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }

    internal sealed class DiagnosisTable
        : IEntityTypeConfiguration<KeptPicture>,
            IEntityTypeConfiguration<DiagnosisSettings>
    {
        public void Configure(EntityTypeBuilder<KeptPicture> builder)
        {
            builder.InWorkspace("pictures", nameof(KeptPicture.Look));
            builder.NotAudited();
        }

        public void Configure(EntityTypeBuilder<DiagnosisSettings> builder)
        {
            builder.OnceInWorkspace("diagnosis_settings");
            builder.Ignore(s => s.Variable);
        }
    }
}
