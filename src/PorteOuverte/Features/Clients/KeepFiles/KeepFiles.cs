using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Clients.KeepFiles;

/// <param name="Zone">Where the workspace is: its calendar shows the day.</param>
public sealed record FileRow(Id<ClientFile> Id, string Name, long Size, DateTime AddedAt, string Zone);

/// <summary>Documents kept with a client.</summary>
public sealed class KeepFilesHandler(AppDb db, CurrentMember member, AuditTrail audit, TimeProvider clock)
{
    // What a browser shows or opens and never runs; all else is bytes, whatever it says it is.
    private static readonly Dictionary<string, string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".txt"] = "text/plain",
        [".csv"] = "text/csv",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".zip"] = "application/zip",
    };

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The newest first, in one statement; one more than asked for says that there are others.</summary>
    public async Task<IReadOnlyList<FileRow>> List(
        Id<Client> client,
        int page,
        int most,
        CancellationToken cancellation
    )
    {
        var clients = OneClient.Ids(db, client);
        return await db
            .ClientFiles.AsNoTracking()
            .Where(f => clients.Contains(f.ClientId) && f.RemovedAt == null)
            .OrderByDescending(f => f.AddedAt)
            .ThenByDescending(f => f.Id)
            .Skip((page - 1) * most)
            .Take(most + 1)
            .Select(f => new FileRow(f.Id, f.Name, f.Size, f.AddedAt, db.Workspaces.Select(w => w.Zone).First()))
            .ToListAsync(cancellation);
    }

    /// <summary>Null where there is none, or its client is gone.</summary>
    public async Task<(string Name, string MediaType, byte[] Content)?> Find(
        Id<ClientFile> id,
        CancellationToken cancellation
    )
    {
        var found = await db
            .ClientFiles.AsNoTracking()
            .Where(f => f.Id == id && f.RemovedAt == null)
            .Where(f => db.Clients.Any(c => c.Id == f.ClientId && c.RemovedAt == null))
            .Join(
                db.ClientFileContents,
                f => f.Id,
                c => c.FileId,
                (f, c) =>
                    new
                    {
                        f.Name,
                        f.MediaType,
                        c.Content,
                    }
            )
            .SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Name, found.MediaType, found.Content);
    }

    public async Task<bool> IsThere(Id<Client> client, CancellationToken cancellation) =>
        await OneClient.Name(db, client, cancellation) is not null;

    public async Task Keep(Id<Client> client, string name, byte[] content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        var file = new ClientFile(
            client,
            name,
            Harmless.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream"),
            content.Length,
            member.Person,
            Now
        );
        db.Add(file);
        db.Add(new ClientFileContent(file.Id, content));
        audit.Did("file.kept", file.Id);
        await db.SaveChangesAsync(cancellation);
        // The next one may be as large: this one is saved, and held no longer.
        db.ChangeTracker.Clear();
    }

    public Task<bool> Remove(Id<ClientFile> id, CancellationToken cancellation) =>
        Change(id, f => f.RemovedAt is null, f => f.Remove(Now), "file.removed", cancellation);

    public Task<bool> Restore(Id<ClientFile> id, CancellationToken cancellation) =>
        Change(id, f => f.RemovedAt is not null, f => f.Restore(), "file.restored", cancellation);

    private async Task<bool> Change(
        Id<ClientFile> id,
        Func<ClientFile, bool> may,
        Action<ClientFile> change,
        string deed,
        CancellationToken cancellation
    )
    {
        var file = await db.ClientFiles.SingleOrDefaultAsync(f => f.Id == id, cancellation);
        if (file is null || !may(file))
        {
            return false;
        }
        change(file);
        audit.Did(deed, id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
