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

namespace PorteOuverte.Features.Clients.ArchiveClient;

/// <summary>Puts a client away, or takes it up again. False where there is none.</summary>
public sealed class ArchiveClientHandler(AppDb db, AuditTrail audit, MoneyChanges changes, TimeProvider clock)
{
    public Task<bool> Archive(Id<Client> id, CancellationToken cancellation) =>
        Change(id, c => c.Archive(clock.GetUtcNow().UtcDateTime), "client.archived", cancellation);

    public Task<bool> TakeUpAgain(Id<Client> id, CancellationToken cancellation) =>
        Change(id, c => c.TakeUpAgain(), "client.taken-up", cancellation);

    private async Task<bool> Change(Id<Client> id, Action<Client> change, string deed, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var client = await db.Clients.SingleOrDefaultAsync(
            c => c.Id == id && c.MergedInto == null && c.RemovedAt == null,
            cancellation
        );
        if (client is null)
        {
            return false;
        }
        change(client);
        audit.Did(deed, id);
        await db.SaveChangesAsync(cancellation);
        // Nobody waits for an invoice of who is put away: another picture.
        await changes.Tell(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var client = routes.MapGroup("/e/{workspace}/clients/{id}").Needs(Role.Manager);
        client.MapPost(
            "/archive",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<Client> id,
                ArchiveClientHandler handler,
                Toasts toasts,
                CancellationToken cancellation
            ) => Back(workspace, id, await handler.Archive(id, cancellation), toasts, "archived", "take-up")
        );
        client.MapPost(
            "/take-up",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<Client> id,
                ArchiveClientHandler handler,
                Toasts toasts,
                CancellationToken cancellation
            ) => Back(workspace, id, await handler.TakeUpAgain(id, cancellation), toasts, "takenUp", "archive")
        );
    }

    private static IResult Back(string workspace, Id<Client> id, bool done, Toasts toasts, string said, string undo)
    {
        if (!done)
        {
            return Results.NotFound();
        }
        var here = $"/e/{workspace}/clients/{id}";
        toasts.Say(ClientsText.Current[said], $"{here}/{undo}");
        return Results.LocalRedirect(here);
    }
}
