using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.EndSession;

/// <param name="Session">Null: all but the one that asks.</param>
public sealed record EndSession(Id<Session>? Session);

/// <summary>Signs one's other browsers out: the one left in a train.</summary>
public sealed class EndSessionHandler(AppDb db, Sessions sessions, CurrentMember member, AuditTrail audit)
{
    /// <returns>How many were ended.</returns>
    public async Task<int> Handle(EndSession command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var person = member.Person!.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        int ended;
        if (command.Session is { } one)
        {
            ended = await sessions.End(person, one, cancellation) ? 1 : 0;
            audit.Did("session.ended", one);
        }
        else
        {
            ended = await sessions.EndAll(person, member.Session, cancellation);
            audit.Did("sessions.ended", person, new { sessions = ended });
        }
        if (ended > 0)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        return ended;
    }
}
