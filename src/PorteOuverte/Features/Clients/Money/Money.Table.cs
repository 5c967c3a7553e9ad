using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Entry> Entries => Set<Entry>();
        public DbSet<Books> Books => Set<Books>();
        public DbSet<ClientFigures> ClientFigures => Set<ClientFigures>();

        /// <summary>The entries that hold: those of the reading of the books that holds, and those that people brought.</summary>
        public IQueryable<Entry> CurrentEntries =>
            Entries.Where(e =>
                e.RemovedAt == null
                && (
                    e.Reading == Features.Clients.Money.Entry.ByHand
                    || e.Reading == Books.Select(b => (long?)b.Reading).FirstOrDefault()
                )
            );

        /// <summary>The entries that count on the last day that is told of: what was booked by then, and what was paid later to those who wrote it down.</summary>
        public IQueryable<Entry> EntriesOn(DateOnly day) =>
            CurrentEntries.Where(e =>
                !e.IsCovered
                && e.Currency == null
                && (
                    e.BookedOn <= day
                    || (
                        e.Reading == Features.Clients.Money.Entry.ByHand
                        && (e.Kind == EntryKind.Payment || e.Kind == EntryKind.ReturnedPayment)
                    )
                )
            );
    }
}

namespace PorteOuverte.Features.Clients.Money
{
    internal sealed class MoneyTable
        : IEntityTypeConfiguration<Entry>,
            IEntityTypeConfiguration<Books>,
            IEntityTypeConfiguration<ClientFigures>
    {
        public void Configure(EntityTypeBuilder<Entry> builder)
        {
            // The entries of a client stand together: its sheet reads one stretch of the table.
            builder.InWorkspace("entries", nameof(Entry.ClientId), nameof(Entry.Reading), nameof(Entry.Id));
            builder.Refers<Entry, Client>(e => e.ClientId);
            builder.Property(e => e.File).HasColumnName("file_id");
            // Few among many: the last day that people told of.
            builder.HasIndex(Conventions.WorkspaceId, nameof(Entry.BookedOn)).HasFilter("reading = 0");
            builder.HasIndex(Conventions.WorkspaceId, nameof(Entry.Id)).HasFilter("reading = 0");
            builder
                .HasIndex(Conventions.WorkspaceId, nameof(Entry.Reading), nameof(Entry.Outstanding))
                .HasFilter("outstanding > 0");
            builder
                .HasIndex(Conventions.WorkspaceId, nameof(Entry.ClientId), nameof(Entry.Kind), nameof(Entry.Number))
                .IsUnique()
                .HasFilter("reading = 0 and file_id is null and removed_at is null and number <> ''");
            builder.Ignore(e => e.IsTyped);
            // What follows from other entries.
            builder.Property(e => e.Outstanding).NotAudited();
            builder.Property(e => e.SettledByHand).NotAudited();
            builder.Property(e => e.PaidOn).NotAudited();
            builder.Property(e => e.IsCovered).NotAudited();
        }

        public void Configure(EntityTypeBuilder<Books> builder)
        {
            builder.OnceInWorkspace("books");
            builder.NotAudited();
        }

        public void Configure(EntityTypeBuilder<ClientFigures> builder)
        {
            builder.InWorkspace("client_figures", nameof(ClientFigures.ClientId));
            builder.NotAudited();
            builder.Refers<ClientFigures, Client>(f => f.ClientId);
            // The order of the list of clients: its first page is the first stretch of the index.
            builder.HasIndex(
                Conventions.WorkspaceId,
                nameof(ClientFigures.RevenueTwelveMonths),
                nameof(ClientFigures.ClientId)
            );
        }
    }
}
