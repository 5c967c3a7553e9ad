using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Diagnosis.SendWeekly;

/// <summary>Whether one gets the weekly mail of this workspace: one's own choice.</summary>
public sealed class ChooseWeeklyHandler(AppDb db, CurrentMember member, AuditTrail audit)
{
    public async Task<bool> Wants(CancellationToken cancellation) =>
        await db
            .WeeklyWishes.Where(w => w.PersonId == member.Person)
            .Select(w => (bool?)w.Wants)
            .SingleOrDefaultAsync(cancellation)
        ?? WeeklyWish.Usual(member.Role ?? Role.Reader);

    public async Task Handle(bool wants, CancellationToken cancellation)
    {
        var person = member.Person!.Value;
        var wish = await db.WeeklyWishes.SingleOrDefaultAsync(w => w.PersonId == person, cancellation);
        if (wish is null)
        {
            db.Add(new WeeklyWish { PersonId = person, Wants = wants });
        }
        else
        {
            wish.Wants = wants;
        }
        audit.Did(wants ? "weekly.wanted" : "weekly.declined", person);
        await db.SaveChangesAsync(cancellation);
    }
}
