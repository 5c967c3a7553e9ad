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

namespace PorteOuverte.Features.Clients.RemoveClient;

/// <summary>Deletes a client, which can be had back until the bin is emptied. False where there is none.</summary>
public sealed class RemoveClientHandler(AppDb db, ReckonFiguresHandler figures, AuditTrail audit, TimeProvider clock)
{
    public Task<bool> Remove(Id<Client> id, CancellationToken cancellation) =>
        Change(
            id,
            c => c.RemovedAt is null,
            c =>
            {
                c.Remove(clock.GetUtcNow().UtcDateTime);
                audit.Did("client.removed", id);
            },
            cancellation
        );

    public Task<bool> Restore(Id<Client> id, CancellationToken cancellation) =>
        Change(
            id,
            c => c.RemovedAt is not null,
            c =>
            {
                c.Restore();
                audit.Did("client.restored", id);
            },
            cancellation
        );

    private async Task<bool> Change(
        Id<Client> id,
        Func<Client, bool> applies,
        Action<Client> change,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == id && c.MergedInto == null, cancellation);
        if (client is null || !applies(client))
        {
            return client is not null;
        }
        change(client);
        await db.SaveChangesAsync(cancellation);
        // What is deleted is no part of the whole that shares are shares of.
        await figures.Handle([id], cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var client = routes.MapGroup("/e/{workspace}/clients/{id}").Needs(Role.Manager);
        client.MapPost(
            "/remove",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<Client> id,
                RemoveClientHandler handler,
                Toasts toasts,
                CancellationToken cancellation
            ) =>
            {
                if (!await handler.Remove(id, cancellation))
                {
                    return Results.NotFound();
                }
                toasts.Say(
                    ClientsText.Current.Format("removed", EmptyBin.DaysKept),
                    $"/e/{workspace}/clients/{id}/restore"
                );
                return Results.LocalRedirect($"/e/{workspace}/clients");
            }
        );
        client.MapPost(
            "/restore",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<Client> id,
                RemoveClientHandler handler,
                Toasts toasts,
                CancellationToken cancellation
            ) =>
            {
                if (!await handler.Restore(id, cancellation))
                {
                    return Results.NotFound();
                }
                toasts.Say(ClientsText.Current["restored"]);
                return Results.LocalRedirect($"/e/{workspace}/clients/{id}");
            }
        );
    }
}
