using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.ReadTables;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Import> Imports => Set<Import>();
        public DbSet<ImportedFile> ImportedFiles => Set<ImportedFile>();
        public DbSet<ImportedFilePart> ImportedFileParts => Set<ImportedFilePart>();
        public DbSet<RememberedColumns> RememberedColumns => Set<RememberedColumns>();
        public DbSet<BooksMoney> BooksMoney => Set<BooksMoney>();
    }
}

namespace PorteOuverte.Features.Accounting
{
    internal sealed class ImportTable
        : IEntityTypeConfiguration<Import>,
            IEntityTypeConfiguration<ImportedFile>,
            IEntityTypeConfiguration<ImportedFilePart>,
            IEntityTypeConfiguration<RememberedColumns>,
            IEntityTypeConfiguration<BooksMoney>
    {
        public void Configure(EntityTypeBuilder<Import> builder)
        {
            builder.InWorkspace("imports");
            builder.Property(i => i.GivenBy);
            builder.Property(i => i.GivenAt);
            // What is decided about an import is said by the handlers; how far it has come is nobody's deed.
            builder.NotAudited();
        }

        public void Configure(EntityTypeBuilder<ImportedFile> builder)
        {
            builder.InWorkspace("imported_files");
            builder.NotAudited();
            builder.Property(f => f.ImportId);
            builder.Property(f => f.Name);
            builder.Property(f => f.Siren).HasConversion(s => s!.Value.Digits, digits => Siren.Read(digits));
            builder.Refers<ImportedFile, Import>(f => f.ImportId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(ImportedFile.ImportId));
        }

        public void Configure(EntityTypeBuilder<ImportedFilePart> builder)
        {
            builder.InWorkspace(
                "imported_file_parts",
                nameof(ImportedFilePart.FileId),
                nameof(ImportedFilePart.Number)
            );
            builder.NotAudited();
            builder.Property(p => p.Content);
            builder.Refers<ImportedFilePart, ImportedFile>(p => p.FileId);
        }

        public void Configure(EntityTypeBuilder<RememberedColumns> builder)
        {
            builder.InWorkspace("table_mappings", nameof(ReadTables.RememberedColumns.Fingerprint));
            builder.NotAudited();
        }

        public void Configure(EntityTypeBuilder<BooksMoney> builder)
        {
            builder.OnceInWorkspace("books_money");
            builder.NotAudited();
        }
    }
}
