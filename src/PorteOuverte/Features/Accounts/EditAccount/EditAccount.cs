using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.EditAccount;

/// <param name="Language">fr or en.</param>
/// <param name="Theme">light or dark; anything else: as the system has it.</param>
public sealed record EditAccount(string Name, string? Language, string? Theme);

/// <summary>What one says of oneself. It holds at once in all browsers: each request reads it anew.</summary>
public sealed class EditAccountHandler(AppDb db, CurrentMember member, AuditTrail audit, IHttpContextAccessor http)
{
    public Task<Person> Find(CancellationToken cancellation) =>
        db.People.SingleAsync(p => p.Id == member.Person!.Value.Value, cancellation);

    public async Task Handle(EditAccount command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var person = await Find(cancellation);
        person.Name = command.Name;
        person.Language = command.Language == "en" ? "en" : "fr";
        person.Theme = command.Theme is "light" or "dark" ? command.Theme : null;
        var columns = db.Changed(person);
        if (columns.Count == 0)
        {
            return;
        }
        audit.Did("person.changed", member.Person!.Value, new { columns });
        await db.SaveChangesAsync(cancellation);
        // The page that comes next is already drawn so.
        Preferences.Apply(http.HttpContext!, person.Language, person.Theme);
    }
}
