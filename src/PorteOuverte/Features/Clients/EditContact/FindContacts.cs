using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui.Search;

namespace PorteOuverte.Features.Clients.EditContact;

/// <summary>People at clients', found by name and by address.</summary>
internal sealed class FindContacts(AppDb db) : IFind
{
    private const int MostWords = 10;

    public string Title => ContactsText.Current["contacts"];

    public Role Least => Role.Reader;

    public async Task<IReadOnlyList<Found>> Find(string words, int most, CancellationToken cancellation)
    {
        var contacts = db
            .Contacts.AsNoTracking()
            .Where(c => c.RemovedAt == null)
            .Join(db.Clients, c => c.ClientId, o => o.Id, (c, o) => new { Contact = c, Client = o })
            .Where(f => f.Client.RemovedAt == null);
        foreach (var word in PlainLetters.Of(words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            contacts = contacts.Where(f =>
                PlainLetters.Of(f.Contact.Name + " " + (f.Contact.Email ?? "")).Contains(word)
            );
        }
        var found = await contacts
            .OrderBy(f => PlainLetters.Of(f.Contact.Name))
            .ThenBy(f => f.Contact.Id)
            .Take(most)
            .Select(f => new
            {
                f.Contact.Name,
                Client = f.Client.MergedInto ?? f.Client.Id,
                Hint = f.Client.Name,
            })
            .ToListAsync(cancellation);
        return [.. found.Select(f => new Found(f.Name, $"clients/{f.Client}", "user", f.Hint))];
    }
}
