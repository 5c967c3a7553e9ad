using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Clients.WriteNote;

public sealed record WriteNote(Id<Client> Client, string? Text);

/// <param name="Version">Of the note that the form was filled from.</param>
public sealed record RewriteNote(Id<ClientNote> Id, string? Text, long Version);

/// <param name="Author">Null when nobody knows any more.</param>
/// <param name="Zone">Where the workspace is: its clock shows the time.</param>
public sealed record NoteRow(
    Id<ClientNote> Id,
    string Text,
    string? Author,
    DateTime WrittenAt,
    long Version,
    string Zone
);

/// <summary>What is worth remembering about a client.</summary>
public sealed class WriteNoteHandler(AppDb db, CurrentMember member, AuditTrail audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The newest first, in one statement; one more than asked for says that there are others.</summary>
    public async Task<IReadOnlyList<NoteRow>> List(
        Id<Client> client,
        int page,
        int most,
        CancellationToken cancellation
    )
    {
        var clients = OneClient.Ids(db, client);
        return await db
            .ClientNotes.AsNoTracking()
            .Where(n => clients.Contains(n.ClientId) && n.RemovedAt == null)
            .OrderByDescending(n => n.WrittenAt)
            .ThenByDescending(n => n.Id)
            .Skip((page - 1) * most)
            .Take(most + 1)
            .Select(n => new NoteRow(
                n.Id,
                n.Text,
                // The same sixteen bytes: the casts keep to the column.
                db.People.Where(p => p.Id == (Guid)(object)n.WrittenBy!).Select(p => p.Name).FirstOrDefault(),
                n.WrittenAt,
                n.Version,
                db.Workspaces.Select(w => w.Zone).First()
            ))
            .ToListAsync(cancellation);
    }

    /// <exception cref="Refusal">There is nothing in it, or no such client.</exception>
    public async Task<Id<ClientNote>> Handle(WriteNote command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        await OneClient.MustBeThere(db, command.Client, cancellation);
        var note = new ClientNote(command.Client, member.Person, Now);
        Say(note, command.Text);
        db.Add(note);
        audit.Did("note.written", note.Id);
        await db.SaveChangesAsync(cancellation);
        return note.Id;
    }

    /// <exception cref="Refusal">There is nothing in it, it is gone, or somebody else has saved meanwhile.</exception>
    public async Task Handle(RewriteNote command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var note = await Find(command.Id, cancellation) is { RemovedAt: null } found
            ? found
            : throw new Refusal(NotesText.Current["noteGone"]);
        if (note.Version != command.Version)
        {
            throw new Refusal(SectionText.Current["overtaken"]);
        }
        Say(note, command.Text);
        if (db.Changed(note).Count > 0)
        {
            audit.Did("note.changed", note.Id);
            await db.SaveChangesAsync(cancellation);
        }
    }

    public async Task<bool> Remove(Id<ClientNote> id, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { RemovedAt: null } note)
        {
            return false;
        }
        note.Remove(Now);
        audit.Did("note.removed", id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    public async Task<bool> Restore(Id<ClientNote> id, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { RemovedAt: not null } note)
        {
            return false;
        }
        note.Restore();
        audit.Did("note.restored", id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private Task<ClientNote?> Find(Id<ClientNote> id, CancellationToken cancellation) =>
        db.ClientNotes.SingleOrDefaultAsync(n => n.Id == id, cancellation);

    private static void Say(ClientNote note, string? text)
    {
        note.Say(text ?? "");
        if (note.Text.Length == 0)
        {
            throw new Refusal(NotesText.Current["empty"]);
        }
    }
}
