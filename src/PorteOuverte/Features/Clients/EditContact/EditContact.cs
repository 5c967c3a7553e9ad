using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;

namespace PorteOuverte.Features.Clients.EditContact;

/// <summary>What somebody typed about a contact.</summary>
/// <param name="Id">Null: a new one.</param>
/// <param name="Version">Of the contact that the form was filled from.</param>
public sealed record EditContact(
    Id<Contact>? Id,
    Id<Client> Client,
    string? Name,
    string? Title,
    string? Email,
    string? Phone,
    bool IsMain,
    long Version
)
{
    /// <summary>What must be put right: a field and the sentence that says how.</summary>
    public IEnumerable<(string Field, string Sentence)> Wrong()
    {
        if (CleanText.Line(Name).Length == 0)
        {
            yield return (nameof(Name), ContactsText.Current["nameMissing"]);
        }
        if (!string.IsNullOrWhiteSpace(Email) && WrongAddress(Email) is { } sentence)
        {
            yield return (nameof(Email), sentence);
        }
    }

    private static string? WrongAddress(string email)
    {
        try
        {
            _ = new Mailbox(email);
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Message;
        }
    }
}

public sealed record ContactRow(Id<Contact> Id, string Name, string? Title, string? Email, string? Phone, bool IsMain);

/// <summary>Whom we talk to at a client's: added, changed, removed and had back.</summary>
public sealed class EditContactHandler(AppDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The main contact first, then by name; in one statement.</summary>
    public async Task<IReadOnlyList<ContactRow>> List(Id<Client> client, CancellationToken cancellation)
    {
        var clients = OneClient.Ids(db, client);
        var rows = await db
            .Contacts.AsNoTracking()
            .Where(c => clients.Contains(c.ClientId) && c.RemovedAt == null)
            .OrderByDescending(c => c.IsMain)
            // Of two that were merged each has one: this client's own stands for both.
            .ThenByDescending(c => c.ClientId == client)
            .ThenBy(c => PlainLetters.Of(c.Name))
            .ThenBy(c => c.Id)
            .Select(c => new ContactRow(c.Id, c.Name, c.Title, c.Email, c.Phone, c.IsMain))
            .ToListAsync(cancellation);
        return [.. rows.Select((row, place) => row with { IsMain = place == 0 })];
    }

    /// <summary>Null where there is none, or its client is gone.</summary>
    public Task<Contact?> Find(Id<Contact> id, CancellationToken cancellation) =>
        db
            .Contacts.Where(c => c.Id == id && c.RemovedAt == null)
            .Where(c => db.Clients.Any(o => o.Id == c.ClientId && o.RemovedAt == null))
            .SingleOrDefaultAsync(cancellation);

    /// <exception cref="Refusal">It or its client is gone, or somebody else has saved meanwhile.</exception>
    public async Task<Id<Contact>> Handle(EditContact command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        Contact contact;
        if (command.Id is { } id)
        {
            contact = await Find(id, cancellation) ?? throw new Refusal(ContactsText.Current["contactGone"]);
            if (contact.Version != command.Version)
            {
                throw new Refusal(SectionText.Current["overtaken"]);
            }
        }
        else
        {
            await OneClient.MustBeThere(db, command.Client, cancellation);
            db.Add(contact = new Contact(command.Client));
        }
        contact.Describe(
            command.Name!,
            command.Title,
            string.IsNullOrWhiteSpace(command.Email) ? null : new Mailbox(command.Email).Address,
            command.Phone
        );
        await Settle(contact, command.IsMain ? contact : null, cancellation);
        if (command.Id is null)
        {
            audit.Did("contact.added", contact.Id);
        }
        else if (db.Changed(contact) is { Count: > 0 } columns)
        {
            audit.Did("contact.changed", contact.Id, new { columns });
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return contact.Id;
    }

    public Task<bool> Remove(Id<Contact> id, CancellationToken cancellation) =>
        Change(
            id,
            c => c.RemovedAt is null,
            c => c.Remove(clock.GetUtcNow().UtcDateTime),
            "contact.removed",
            cancellation
        );

    public Task<bool> Restore(Id<Contact> id, CancellationToken cancellation) =>
        Change(id, c => c.RemovedAt is not null, c => c.Restore(), "contact.restored", cancellation);

    private async Task<bool> Change(
        Id<Contact> id,
        Func<Contact, bool> may,
        Action<Contact> change,
        string deed,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (contact is null || !may(contact))
        {
            return false;
        }
        change(contact);
        await Settle(contact, null, cancellation);
        audit.Did(deed, id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    // One main contact where there is any, whatever two people do at once.
    private async Task Settle(Contact changed, Contact? main, CancellationToken cancellation)
    {
        await db.TakeTurns(Turn.MainContact, cancellation);
        var client = changed.ClientId;
        var there = await db.Contacts.Where(c => c.ClientId == client).ToListAsync(cancellation);
        Contact.ChooseMain([.. there.Append(changed).Distinct()], main);
    }
}
