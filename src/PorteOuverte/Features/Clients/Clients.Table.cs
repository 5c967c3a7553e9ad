using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Data
{
    public sealed partial class AppDb
    {
        public DbSet<Client> Clients => Set<Client>();
        public DbSet<ClientCode> ClientCodes => Set<ClientCode>();
        public DbSet<ClientTag> ClientTags => Set<ClientTag>();
        public DbSet<Contact> Contacts => Set<Contact>();
        public DbSet<Engagement> Engagements => Set<Engagement>();
        public DbSet<ClientHours> ClientHours => Set<ClientHours>();
        public DbSet<ClientNote> ClientNotes => Set<ClientNote>();
        public DbSet<ClientFile> ClientFiles => Set<ClientFile>();
        public DbSet<ClientFileContent> ClientFileContents => Set<ClientFileContent>();
    }
}

namespace PorteOuverte.Features.Clients
{
    internal sealed class ClientTable
        : IEntityTypeConfiguration<Client>,
            IEntityTypeConfiguration<ClientCode>,
            IEntityTypeConfiguration<ClientTag>,
            IEntityTypeConfiguration<Contact>,
            IEntityTypeConfiguration<Engagement>,
            IEntityTypeConfiguration<ClientHours>,
            IEntityTypeConfiguration<ClientNote>,
            IEntityTypeConfiguration<ClientFile>,
            IEntityTypeConfiguration<ClientFileContent>
    {
        public void Configure(EntityTypeBuilder<Client> builder)
        {
            builder.InWorkspace("clients");
            builder.Property(c => c.Siren).HasConversion(s => s!.Value.Digits, digits => Siren.Read(digits));
            builder.Ignore(c => c.PaymentTerms).Ignore(c => c.IsShown);
            builder.Property(c => c.FromBooks);
            builder.Property(c => c.CreatedAt);
            // What follows from the name, the codes and the tags.
            builder.Property(c => c.Words).NotAudited();
            builder.HasIndex(Conventions.WorkspaceId, nameof(Client.MergedInto));
            // The words there are, to choose from: so with the tags.
            builder.HasIndex(Conventions.WorkspaceId, nameof(Client.ServiceLine));
        }

        public void Configure(EntityTypeBuilder<ClientCode> builder)
        {
            builder.InWorkspace("client_codes", nameof(ClientCode.Code));
            builder.NotAudited();
            builder.Property(c => c.ClientId);
            builder.Refers<ClientCode, Client>(c => c.ClientId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(ClientCode.ClientId));
        }

        public void Configure(EntityTypeBuilder<ClientTag> builder)
        {
            builder.InWorkspace("client_tags", nameof(ClientTag.ClientId), nameof(ClientTag.Tag));
            builder.Refers<ClientTag, Client>(c => c.ClientId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(ClientTag.Tag));
        }

        public void Configure(EntityTypeBuilder<Contact> builder)
        {
            builder.InWorkspace("contacts");
            builder.Property(c => c.ClientId);
            builder.Refers<Contact, Client>(c => c.ClientId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(Contact.ClientId));
        }

        public void Configure(EntityTypeBuilder<Engagement> builder)
        {
            builder.InWorkspace("engagements");
            // Not "end" and "start": words of the databases.
            builder.Property(e => e.Start).HasColumnName("starts_on");
            builder.Property(e => e.End).HasColumnName("ends_on");
            // Of the calendar, not of anybody's doing.
            builder.Property(e => e.TermEndsOn).NotAudited();
            builder.Property(e => e.NoticeBy).NotAudited();
            builder.Property(e => e.RemindedFor).NotAudited();
            builder.Property(e => e.ClientId);
            builder.Refers<Engagement, Client>(e => e.ClientId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(Engagement.ClientId));
        }

        public void Configure(EntityTypeBuilder<ClientHours> builder)
        {
            builder.InWorkspace("client_hours", nameof(ClientHours.ClientId), nameof(ClientHours.Month));
            builder.Refers<ClientHours, Client>(h => h.ClientId);
        }

        public void Configure(EntityTypeBuilder<ClientNote> builder)
        {
            builder.InWorkspace("client_notes");
            builder.Property(n => n.ClientId);
            builder.Property(n => n.WrittenBy);
            builder.Property(n => n.WrittenAt);
            builder.Refers<ClientNote, Client>(n => n.ClientId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(ClientNote.ClientId));
        }

        public void Configure(EntityTypeBuilder<ClientFile> builder)
        {
            builder.InWorkspace("client_files");
            builder.Property(f => f.ClientId);
            builder.Property(f => f.Name);
            builder.Property(f => f.MediaType);
            builder.Property(f => f.Size);
            builder.Property(f => f.AddedBy);
            builder.Property(f => f.AddedAt);
            builder.Refers<ClientFile, Client>(f => f.ClientId);
            builder.HasIndex(Conventions.WorkspaceId, nameof(ClientFile.ClientId));
        }

        public void Configure(EntityTypeBuilder<ClientFileContent> builder)
        {
            builder.InWorkspace("client_file_contents", nameof(ClientFileContent.FileId));
            builder.NotAudited();
            builder.Property(c => c.Content);
            builder.Refers<ClientFileContent, ClientFile>(c => c.FileId);
        }
    }
}
