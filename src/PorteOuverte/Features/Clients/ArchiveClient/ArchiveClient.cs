using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Clients.ArchiveClient;

/// <summary>Puts a client away, or takes it up again. False where there is none.</summary>
public sealed class ArchiveClientHandler(AppDb db, AuditTrail audit, TimeProvider clock)
{
    public async Task<bool> Archive(Id<Client> id, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } client)
        {
            return false;
        }
        client.Archive(clock.GetUtcNow().UtcDateTime);
        audit.Did("client.archived", id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    public async Task<bool> TakeUpAgain(Id<Client> id, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } client)
        {
            return false;
        }
        client.TakeUpAgain();
        audit.Did("client.taken-up", id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private Task<Client?> Find(Id<Client> id, CancellationToken cancellation) =>
        db.Clients.SingleOrDefaultAsync(c => c.Id == id && c.MergedInto == null && c.RemovedAt == null, cancellation);

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
