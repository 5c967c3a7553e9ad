using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;

namespace PorteOuverte.Features.Settings.ListMails;

/// <param name="State">Only those; null: all.</param>
/// <param name="Page">From 1.</param>
public sealed record ListMails(MailState? State, int Page);

public sealed record MailRow(Id<OutgoingMail> Id, string To, string Subject, MailState State, DateTime CreatedAt);

/// <param name="More">Whether older ones follow on the next page.</param>
public sealed record MailPage(IReadOnlyList<MailRow> Rows, bool More, TimeZoneInfo Zone);

/// <summary>The outbox of the workspace, the newest first.</summary>
public sealed class ListMailsHandler(AppDb db)
{
    private const int RowsOfAPage = 30;

    public async Task<MailPage> Handle(ListMails query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var mails = db.Mails.AsNoTracking();
        if (query.State is { } state)
        {
            mails = mails.Where(m => m.State == state);
        }
        var rows = await mails
            .OrderByDescending(m => m.Id)
            .Skip((Math.Clamp(query.Page, 1, 100_000) - 1) * RowsOfAPage)
            .Take(RowsOfAPage + 1)
            .Select(m => new MailRow(m.Id, m.ToName ?? m.ToAddress, m.Subject, m.State, m.CreatedAt))
            .ToListAsync(cancellation);
        var zone = await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation);
        return new MailPage(
            [.. rows.Take(RowsOfAPage)],
            rows.Count > RowsOfAPage,
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );
    }
}
