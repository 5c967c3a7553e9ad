using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>Whose the entry is.</summary>
/// <param name="Group">The client and those merged into it.</param>
/// <param name="Today">The last day that something can have happened on.</param>
public sealed record EntryOwner(
    Id<Client> Id,
    string Name,
    IReadOnlyList<Id<Client>> Group,
    PaymentTerms Terms,
    DateOnly Today
);

/// <summary>A member writes down an invoice, a credit note or a payment, or changes, deletes and restores what was typed.</summary>
public sealed class AddEntryHandler(
    AppDb db,
    SettleByHand settle,
    ReckonFiguresHandler figures,
    AuditTrail audit,
    TimeProvider clock
)
{
    private const int MostOpen = 200;

    /// <returns>Null where there is no such client; one that is merged is the client it was merged into.</returns>
    public async Task<EntryOwner?> Owner(Id<Client> id, CancellationToken cancellation)
    {
        var found = await (
            from given in db.Clients.AsNoTracking()
            where given.Id == id
            from client in db.Clients.AsNoTracking()
            where client.Id == (given.MergedInto ?? given.Id) && client.RemovedAt == null
            from workspace in db.Workspaces
            select new { Client = client, Workspace = workspace }
        ).SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }
        var group = await db
            .Clients.Where(c => c.Id == found.Client.Id || c.MergedInto == found.Client.Id)
            .Select(c => c.Id)
            .ToListAsync(cancellation);
        return new EntryOwner(
            found.Client.Id,
            found.Client.Name,
            group,
            found.Client.PaymentTerms ?? found.Workspace.PaymentTerms,
            DateOnly.FromDateTime(
                TimeZoneInfo.ConvertTimeFromUtc(
                    clock.GetUtcNow().UtcDateTime,
                    TimeZoneInfo.FindSystemTimeZoneById(found.Workspace.Zone)
                )
            )
        );
    }

    /// <summary>What people brought, typed or by a file; null where there is no such entry, or it is deleted.</summary>
    public Task<Entry?> Find(Id<Entry> id, CancellationToken cancellation) =>
        db.Entries.SingleOrDefaultAsync(
            e => e.Reading == Entry.ByHand && e.Id == id && e.RemovedAt == null,
            cancellation
        );

    /// <summary>The invoices of a client that something is owed on, and those that a payment names already; the oldest first.</summary>
    public async Task<IReadOnlyList<Entry>> Open(
        EntryOwner owner,
        IReadOnlyList<Id<Entry>> named,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(owner);
        return await db
            .CurrentEntries.AsNoTracking()
            .Where(e =>
                owner.Group.Contains(e.ClientId)
                && e.Kind == EntryKind.Invoice
                && e.Currency == null
                && ((e.Outstanding > 0 && !e.IsCovered) || named.Contains(e.Id))
            )
            .OrderBy(e => e.Date)
            .ThenBy(e => e.Id)
            .Take(MostOpen)
            .ToListAsync(cancellation);
    }

    /// <summary>The invoices that a payment names.</summary>
    public async Task<IReadOnlyList<Entry>> Named(EntryOwner owner, Entry payment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(owner);
        Id<Entry>[] named = [.. SettleByHand.Named(payment)];
        return await db
            .CurrentEntries.AsNoTracking()
            .Where(e => owner.Group.Contains(e.ClientId) && named.Contains(e.Id))
            .OrderBy(e => e.Date)
            .ToListAsync(cancellation);
    }

    /// <summary>The payments by hand that name an invoice.</summary>
    public async Task<IReadOnlyList<Entry>> PaymentsOf(EntryOwner owner, Entry invoice, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(invoice);
        var id = invoice.Id.ToString();
        return await db
            .CurrentEntries.AsNoTracking()
            .Where(e => owner.Group.Contains(e.ClientId) && e.Reading == Entry.ByHand && e.Settles!.Contains(id))
            .OrderBy(e => e.Date)
            .ToListAsync(cancellation);
    }

    /// <summary>Saves what is right in every field.</summary>
    /// <param name="id">Null: a new one.</param>
    /// <exception cref="Refusal">One of the same number is there, or somebody else has saved meanwhile.</exception>
    public async Task<Id<Entry>> Handle(
        EntryOwner owner,
        Id<Entry>? id,
        AddEntry command,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(command);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var entry = id is { } known
            ? await Find(known, cancellation) is { IsTyped: true } there && there.Kind == command.Kind
                ? there
                : throw new Refusal(AddEntryText.Current["gone"])
            : New(owner.Id, command);
        if (id is not null && entry.Version != command.Version)
        {
            throw Overtaken();
        }
        await RefuseSecond(owner, entry, command.NumberRead, cancellation);
        Fill(entry, owner, command);
        if (id is null)
        {
            db.Add(entry);
            audit.Did("entry.added", entry.Id, new { kind = entry.Kind });
        }
        else
        {
            var columns = db.Changed(entry);
            if (columns.Count == 0)
            {
                return entry.Id;
            }
            audit.Did("entry.changed", entry.Id, new { columns });
        }
        await Save(owner, cancellation);
        await transaction.CommitAsync(cancellation);
        return entry.Id;
    }

    /// <summary>Deletes what was typed, or takes that back.</summary>
    /// <returns>The client whose it is; null where there is no such entry.</returns>
    /// <exception cref="Refusal">Another of the same number is there meanwhile.</exception>
    public async Task<Id<Client>?> Remove(Id<Entry> id, bool back, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var entry = await db.Entries.SingleOrDefaultAsync(e => e.Reading == Entry.ByHand && e.Id == id, cancellation);
        if (entry is not { IsTyped: true } || await Owner(entry.ClientId, cancellation) is not { } owner)
        {
            return null;
        }
        if (entry.RemovedAt is null == !back)
        {
            if (back)
            {
                await RefuseSecond(owner, entry, entry.Number, cancellation);
                audit.Did("entry.restored", id);
            }
            else
            {
                audit.Did("entry.removed", id);
            }
            entry.RemovedAt = back ? null : clock.GetUtcNow().UtcDateTime;
            await Save(owner, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        return owner.Id;
    }

    private static Entry New(Id<Client> client, AddEntry command) =>
        new()
        {
            Id = Id<Entry>.New(),
            Reading = Entry.ByHand,
            ClientId = client,
            Kind = command.Kind,
            Number = "",
            Date = default,
            BookedOn = default,
            Amount = 0,
            Counted = 0,
        };

    private static void Fill(Entry entry, EntryOwner owner, AddEntry command)
    {
        var sign = command.Kind == EntryKind.Invoice ? 1 : -1;
        var (net, vat, gross) = command.Amounts;
        var date = command.DateRead!.Value;
        entry.IsCovered = entry.IsCovered && entry.Number == command.NumberRead;
        (entry.Number, entry.Date, entry.BookedOn) = (command.NumberRead, date, date);
        if (command.Kind == EntryKind.Invoice)
        {
            entry.DueOn = command.DueRead ?? owner.Terms.DueOn(date);
            // What is owed changes by what the invoice changes by; who has paid of it stays.
            var owed = entry.Outstanding + entry.SettledByHand + gross - entry.Amount;
            if (gross != entry.Amount)
            {
                (entry.Outstanding, entry.SettledByHand, entry.PaidOn) = (Math.Max(0, owed), 0, null);
            }
        }
        (entry.Net, entry.Vat) = (sign * net, sign * vat);
        (entry.Amount, entry.Counted) = (sign * gross, sign * gross);
        if (command.Kind == EntryKind.Payment)
        {
            var settles = command.Settles.Count == 0 ? null : string.Join(',', command.Settles.Distinct());
            entry.IsCovered = entry.IsCovered && entry.Settles == settles;
            entry.Settles = settles;
        }
    }

    // The books tell their documents too: the same one must not count twice.
    private async Task RefuseSecond(EntryOwner owner, Entry entry, string number, CancellationToken cancellation)
    {
        if (number.Length == 0)
        {
            return;
        }
        var there = await db
            .CurrentEntries.AsNoTracking()
            .Where(e =>
                owner.Group.Contains(e.ClientId) && e.Kind == entry.Kind && e.Number == number && e.Id != entry.Id
            )
            .OrderBy(e => e.Date)
            .FirstOrDefaultAsync(cancellation);
        // What the books tell too stays as it is there, while it keeps its number.
        if (there is not null && !(entry.IsCovered && entry.Number == number))
        {
            var texts = AddEntryText.Current;
            throw new Refusal(
                texts.Format(
                    "taken_" + there.Kind,
                    there.Number,
                    texts.Figures.Date(there.Date),
                    texts.Figures.Amount(Math.Abs(there.Amount))
                )
            );
        }
    }

    private async Task Save(EntryOwner owner, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            await settle.Handle(owner.Group, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsTaken())
        {
            // Whoever asks again sees what the other has saved.
            db.ChangeTracker.Clear();
            throw Overtaken();
        }
        await figures.Handle(owner.Group, cancellation);
    }

    private static Refusal Overtaken() => new(AddEntryText.Current["overtaken"]);
}
