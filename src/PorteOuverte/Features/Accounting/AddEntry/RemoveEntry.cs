using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>Where what was typed is deleted, and had back.</summary>
internal static class RemoveEntry
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var entry = routes.MapGroup("/e/{workspace}/accounting/entries/{id}").Needs(Role.Member);
        entry.MapPost(
            "/remove",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<Entry> id,
                AddEntryHandler handler,
                Toasts toasts,
                CancellationToken cancellation
            ) =>
            {
                if (await handler.Remove(id, back: false, cancellation) is not { } client)
                {
                    return Results.NotFound();
                }
                toasts.Say(AddEntryText.Current["removed"], $"/e/{workspace}/accounting/entries/{id}/restore");
                return Results.LocalRedirect($"/e/{workspace}/clients/{client}");
            }
        );
        entry.MapPost(
            "/restore",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<Entry> id,
                AddEntryHandler handler,
                Toasts toasts,
                CancellationToken cancellation
            ) =>
            {
                try
                {
                    if (await handler.Remove(id, back: true, cancellation) is not { } client)
                    {
                        return Results.NotFound();
                    }
                    toasts.Say(AddEntryText.Current["restored"]);
                    return Results.LocalRedirect($"/e/{workspace}/clients/{client}");
                }
                catch (Refusal refusal)
                {
                    toasts.Say(refusal.Message);
                    return Results.LocalRedirect($"/e/{workspace}/clients");
                }
            }
        );
    }
}
