using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Clients.MergeClient;

/// <summary>A client as it stands beside another before they become one.</summary>
public sealed record MergeSide(
    Id<Client> Id,
    string Name,
    Siren? Siren,
    long Revenue,
    long YearBefore,
    long Balance,
    int Invoices,
    DateOnly? FirstInvoice,
    DateOnly? LastInvoice,
    IReadOnlyList<string> Codes,
    int Contacts
);

public sealed record MergeChoice(Id<Client> Id, string Name, string? Code, long Revenue);

/// <summary>Two that are one: all of the other is shown with this one from then on. Nothing moves, so that it can be taken back.</summary>
public sealed class MergeClientHandler(
    AppDb db,
    CoverEntriesHandler cover,
    ReckonFiguresHandler figures,
    AuditTrail audit
)
{
    private const int MostChoices = 20;
    private const int MostWords = 10;

    /// <summary>Others by name, code, SIREN or tag; without words those most like it in weight: the greatest.</summary>
    public async Task<IReadOnlyList<MergeChoice>> Choices(Id<Client> id, string? words, CancellationToken cancellation)
    {
        var worded = ClientWords
            .Of(db)
            .Where(c => c.Client.Id != id && c.Client.MergedInto == null && c.Client.RemovedAt == null);
        foreach (
            var word in PlainLetters
                .Of(CleanText.Line(words, Client.LongestName))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Take(MostWords)
        )
        {
            worded = worded.Where(c => c.Words.Contains(word));
        }
        return await (
            from c in worded.Select(w => w.Client)
            from f in db.ClientFigures.Where(f => f.ClientId == c.Id).DefaultIfEmpty()
            orderby (long?)f.RevenueTwelveMonths ?? 0 descending, c.Name, c.Id
            select new MergeChoice(
                c.Id,
                c.Name,
                db.ClientCodes.Where(k => k.ClientId == c.Id).Select(k => k.Code).Min(),
                (long?)f.RevenueTwelveMonths ?? 0
            )
        )
            .Take(MostChoices)
            .ToListAsync(cancellation);
    }

    /// <returns>Null where there is no such client, or it is merged or deleted.</returns>
    public async Task<MergeSide?> Find(Id<Client> id, CancellationToken cancellation)
    {
        var found = await (
            from c in db.Clients.AsNoTracking()
            where c.Id == id && c.MergedInto == null && c.RemovedAt == null
            from f in db.ClientFigures.Where(f => f.ClientId == c.Id).DefaultIfEmpty()
            select new
            {
                Client = c,
                Figures = f,
                Contacts = db.Contacts.Count(p =>
                    p.RemovedAt == null && db.Clients.Any(m => m.Id == p.ClientId && (m.Id == id || m.MergedInto == id))
                ),
            }
        ).SingleOrDefaultAsync(cancellation);
        return found is null
            ? null
            : new MergeSide(
                id,
                found.Client.Name,
                found.Client.Siren,
                found.Figures?.RevenueTwelveMonths ?? 0,
                found.Figures?.RevenueYearBefore ?? 0,
                found.Figures?.Balance ?? 0,
                found.Figures?.Invoices ?? 0,
                found.Figures?.FirstInvoice,
                found.Figures?.LastInvoice,
                await db
                    .Clients.Where(c => c.Id == id || c.MergedInto == id)
                    .Join(db.ClientCodes, c => c.Id, k => k.ClientId, (c, k) => k.Code)
                    .OrderBy(k => k)
                    .ToListAsync(cancellation),
                found.Contacts
            );
    }

    /// <summary>From now on the other is shown with this one, and what was merged into it as well.</summary>
    /// <returns>Those that were merged into the other before: taking it back gives them back to it.</returns>
    /// <exception cref="Refusal">One of the two is merged or deleted meanwhile.</exception>
    public async Task<IReadOnlyList<Id<Client>>> Merge(Id<Client> id, Id<Client> other, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two who merge crosswise at the same moment would leave a ring.
        await db.TakeTurns(Turn.Merge, cancellation);
        var both = await db
            .Clients.Where(c => (c.Id == id || c.Id == other) && c.MergedInto == null && c.RemovedAt == null)
            .ToListAsync(cancellation);
        if (both.Count != 2)
        {
            throw new Refusal(MergeClientText.Current["gone"]);
        }
        var before = await db.Clients.Where(c => c.MergedInto == other).ToListAsync(cancellation);
        foreach (var client in before.Append(both.Single(c => c.Id == other)))
        {
            client.MergeInto(id);
        }
        audit.Did("client.merged", id, new { with = other.ToString() });
        await db.SaveChangesAsync(cancellation);
        await cover.Handle([id], cancellation);
        await figures.Handle([id, other], cancellation);
        await transaction.CommitAsync(cancellation);
        return [.. before.Select(c => c.Id)];
    }

    /// <summary>A client of its own again, with those that came along with it.</summary>
    /// <returns>The client it was shown with; null where there is none.</returns>
    public async Task<Id<Client>?> Separate(
        Id<Client> id,
        IReadOnlyCollection<Id<Client>> along,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurns(Turn.Merge, cancellation);
        var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (client?.MergedInto is not { } holder)
        {
            return null;
        }
        client.Separate();
        foreach (
            var one in await db
                .Clients.Where(c => along.Contains(c.Id) && c.MergedInto == holder && c.Id != id)
                .ToListAsync(cancellation)
        )
        {
            one.MergeInto(id);
        }
        audit.Did("client.separated", id, new { from = holder.ToString() });
        await db.SaveChangesAsync(cancellation);
        await cover.Handle([id, holder], cancellation);
        await figures.Handle([id, holder], cancellation);
        await transaction.CommitAsync(cancellation);
        return holder;
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/e/{workspace}/clients/{id}/separate",
                async (
                    [FromForm] IFormCollection _,
                    string workspace,
                    Id<Client> id,
                    string? along,
                    MergeClientHandler handler,
                    Toasts toasts,
                    CancellationToken cancellation
                ) =>
                {
                    var came = (along ?? "")
                        .Split('.', StringSplitOptions.RemoveEmptyEntries)
                        .Select(text => Id<Client>.TryParse(text, null, out var read) ? read : default)
                        .ToList();
                    if (await handler.Separate(id, came, cancellation) is not { } holder)
                    {
                        return Results.NotFound();
                    }
                    toasts.Say(MergeClientText.Current["separated"]);
                    return Results.LocalRedirect($"/e/{workspace}/clients/{holder}");
                }
            )
            .Needs(Role.Manager);
}
