using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Clients.EditEngagement;

/// <summary>What somebody typed about an engagement, field by field.</summary>
public sealed record EditEngagement(
    string? Name,
    EngagementKind Kind,
    string? ServiceLine,
    string? Lead,
    string? Rate,
    RateUnit Unit,
    string? PaymentDays,
    string? Start,
    string? End,
    string? Notice,
    string? Renewal,
    long Version
)
{
    public const int MostNotice = 36;
    public const int MostRenewal = 60;

    /// <summary>What must be put right: a field and the key of the sentence that says how.</summary>
    public IEnumerable<(string Field, string Key)> Wrong()
    {
        if (CleanText.Line(Name).Length == 0)
        {
            yield return (nameof(Name), "nameMissing");
        }
        if (!Enum.IsDefined(Kind))
        {
            yield return (nameof(Kind), "kindWrong");
        }
        if (!Enum.IsDefined(Unit))
        {
            yield return (nameof(Unit), "kindWrong");
        }
        foreach (var (field, typed, read, key) in Figures())
        {
            if (!string.IsNullOrWhiteSpace(typed) && !read)
            {
                yield return (field, key);
            }
        }
        if (LastDay < FirstDay)
        {
            yield return (nameof(End), "endWrong");
        }
        else if (RenewalMonths is not null && string.IsNullOrWhiteSpace(End))
        {
            yield return (nameof(End), "renewalEnd");
        }
    }

    internal long? Cents => Typed.Cents(Rate);
    internal int? DaysToPay => Typed.Whole(PaymentDays, 0, PaymentTerms.MostDays);
    internal DateOnly? FirstDay => Typed.Day(Start);
    internal DateOnly? LastDay => Typed.Day(End);
    internal int? NoticeMonths => Typed.Whole(Notice, 0, MostNotice);
    internal int? RenewalMonths => Typed.Whole(Renewal, 1, MostRenewal);

    private IEnumerable<(string Field, string? Typed, bool Read, string Key)> Figures() =>
        [
            (nameof(Rate), Rate, Cents is not null, "rateWrong"),
            (nameof(PaymentDays), PaymentDays, DaysToPay is not null, "paymentDaysWrong"),
            (nameof(Start), Start, FirstDay is not null, "dateWrong"),
            (nameof(End), End, LastDay is not null, "dateWrong"),
            (nameof(Notice), Notice, NoticeMonths is not null, "noticeWrong"),
            (nameof(Renewal), Renewal, RenewalMonths is not null, "renewalWrong"),
        ];
}

/// <param name="Lead">Their name; null: nobody.</param>
/// <param name="Today">Where the workspace is.</param>
public sealed record EngagementRow(Engagement Engagement, string? Lead, DateOnly Today);

/// <summary>What we sell a client: added, changed, removed and had back. The rate is a manager's to change.</summary>
public sealed class EditEngagementHandler(AppDb db, CurrentMember member, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Those of a client, in one statement: what must be decided soonest first.</summary>
    public async Task<IReadOnlyList<EngagementRow>> List(Id<Client> client, CancellationToken cancellation)
    {
        var clients = OneClient.Ids(db, client);
        var rows = await db
            .Engagements.AsNoTracking()
            .Where(e => clients.Contains(e.ClientId) && e.RemovedAt == null)
            .OrderBy(e => e.NoticeBy == null)
            .ThenBy(e => e.NoticeBy)
            .ThenByDescending(e => e.Id)
            .Select(e => new
            {
                Engagement = e,
                Lead = db.People.Where(p => p.Id == (Guid)(object)e.Lead!).Select(p => p.Name).FirstOrDefault(),
                Zone = db.Workspaces.Select(w => w.Zone).First(),
            })
            .ToListAsync(cancellation);
        return
        [
            .. rows.Select(r => new EngagementRow(
                r.Engagement,
                r.Lead,
                Workspace.Day(clock.GetUtcNow().UtcDateTime, r.Zone)
            )),
        ];
    }

    /// <summary>Null where there is none, or its client is gone.</summary>
    public Task<Engagement?> Find(Id<Engagement> id, CancellationToken cancellation) =>
        db
            .Engagements.Where(e => e.Id == id && e.RemovedAt == null)
            .Where(e => db.Clients.Any(c => c.Id == e.ClientId && c.RemovedAt == null))
            .SingleOrDefaultAsync(cancellation);

    /// <summary>Who may lead: the members, by name.</summary>
    public async Task<IReadOnlyList<(string Value, string Text)>> Members(CancellationToken cancellation)
    {
        var workspace = db.Workspace;
        var members = await db
            .Memberships.Where(m => m.WorkspaceId == workspace)
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new { p.Id, p.Name })
            .OrderBy(p => PlainLetters.Of(p.Name))
            .ThenBy(p => p.Id)
            .ToListAsync(cancellation);
        return [.. members.Select(m => (new Id<Person>(m.Id).ToString(), m.Name))];
    }

    /// <exception cref="Refusal">The client is gone, or the lead is no member.</exception>
    public async Task<Id<Engagement>> Add(Id<Client> client, EditEngagement command, CancellationToken cancellation)
    {
        await OneClient.MustBeThere(db, client, cancellation);
        var engagement = new Engagement(client);
        await Fill(engagement, command, cancellation);
        db.Add(engagement);
        audit.Did("engagement.added", engagement.Id);
        await db.SaveChangesAsync(cancellation);
        return engagement.Id;
    }

    /// <exception cref="Refusal">It is gone, somebody else has saved meanwhile, or the lead is no member.</exception>
    public async Task Change(Id<Engagement> id, EditEngagement command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var engagement = await Find(id, cancellation) ?? throw new Refusal(EngagementsText.Current["engagementGone"]);
        if (engagement.Version != command.Version)
        {
            throw new Refusal(SectionText.Current["overtaken"]);
        }
        await Fill(engagement, command, cancellation);
        if (db.Changed(engagement) is { Count: > 0 } columns)
        {
            audit.Did("engagement.changed", id, new { columns });
            await db.SaveChangesAsync(cancellation);
        }
    }

    public Task<bool> Remove(Id<Engagement> id, CancellationToken cancellation) =>
        Change(
            id,
            e => e.RemovedAt is null,
            e => e.Remove(clock.GetUtcNow().UtcDateTime),
            "engagement.removed",
            cancellation
        );

    public Task<bool> Restore(Id<Engagement> id, CancellationToken cancellation) =>
        Change(id, e => e.RemovedAt is not null, e => e.Restore(), "engagement.restored", cancellation);

    private async Task<bool> Change(
        Id<Engagement> id,
        Func<Engagement, bool> may,
        Action<Engagement> change,
        string deed,
        CancellationToken cancellation
    )
    {
        var engagement = await db.Engagements.SingleOrDefaultAsync(e => e.Id == id, cancellation);
        if (engagement is null || !may(engagement))
        {
            return false;
        }
        change(engagement);
        audit.Did(deed, id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private async Task Fill(Engagement engagement, EditEngagement command, CancellationToken cancellation)
    {
        Id<Person>? lead = Id<Person>.TryParse(command.Lead, null, out var chosen) ? chosen : null;
        // Who has left may go on being named where they were.
        if (lead is { } person && lead != engagement.Lead && !await IsMember(person, cancellation))
        {
            throw new Refusal(EngagementsText.Current["leadWrong"]);
        }
        engagement.Describe(command.Name!, command.Kind, command.ServiceLine, lead);
        var (cents, unit) =
            member.Role >= Role.Manager ? (command.Cents, command.Unit) : (engagement.RateCents, engagement.RateUnit);
        engagement.Charge(cents, unit, command.DaysToPay);
        engagement.Last(command.FirstDay, command.LastDay, command.NoticeMonths, command.RenewalMonths);
        engagement.Follow(await OneClient.Today(db, clock, cancellation));
    }

    private Task<bool> IsMember(Id<Person> person, CancellationToken cancellation)
    {
        var workspace = db.Workspace;
        return db.Memberships.AnyAsync(m => m.PersonId == person.Value && m.WorkspaceId == workspace, cancellation);
    }
}
