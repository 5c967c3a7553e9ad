using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;

namespace PorteOuverte.Features.Settings.ReadMail;

public sealed record ReadMail(Id<OutgoingMail> Id);

/// <summary>One mail of the outbox, with all that is known of its way.</summary>
public sealed class ReadMailHandler(AppDb db)
{
    /// <returns>Null when there is none.</returns>
    public async Task<(OutgoingMail Mail, TimeZoneInfo Zone)?> Handle(ReadMail query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var mail = await db.Mails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == query.Id, cancellation);
        if (mail is null)
        {
            return null;
        }
        var zone = await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation);
        return (mail, TimeZoneInfo.FindSystemTimeZoneById(zone));
    }
}
