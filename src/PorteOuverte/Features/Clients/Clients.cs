using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.ArchiveClient;
using PorteOuverte.Features.Clients.EditClient;
using PorteOuverte.Features.Clients.ListInvoices;
using PorteOuverte.Features.Clients.MergeClient;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Clients.RemoveClient;
using PorteOuverte.Features.Clients.ShowClient;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui.Search;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Clients;

/// <summary>The door of the clients: who they are, what we do for them, and the money between us.</summary>
public sealed class Clients : Door
{
    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        Figures(services);
        services.AddScoped<ShowClientHandler>();
        services.AddScoped<ITellThePast, EntriesTell>();
        services.AddScoped<EditClientHandler>();
        services.AddScoped<ArchiveClientHandler>();
        services.AddScoped<RemoveClientHandler>();
        services.AddScoped<MergeClientHandler>();
        services.AddScoped<IFind, FindClients.FindClients>();
        services.AddJob<EmptyBin>("empty-bin", typeof(ClientsText), "0 20 2 * * ?");
        services.AddJob<KeepWords>("keep-words", typeof(ClientsText), "0 30 2 * * ?");
        services.AddAuditTexts<ClientsText>().AddSections();
    }

    /// <summary>What the money needs, in a server or without one.</summary>
    internal static void Figures(IServiceCollection services)
    {
        services.AddScoped<ReckonFiguresHandler>();
        services.AddScoped<MoneyChanges>();
        services.AddScoped<CoverEntriesHandler>();
        services.AddJob<ReckonRest>(ReckonRest.Name, typeof(ClientsText));
    }

    public override void Routes(IEndpointRouteBuilder routes)
    {
        routes.MapSheet(
            "/e/{workspace}/clients",
            Role.Reader,
            (http, db) => ListClients.ListClients.Table(db, http.RequestAborted)
        );
        routes.MapSheet(
            "/e/{workspace}/clients/{id}/invoices",
            Role.Reader,
            async (http, db) =>
                Id<Client>.TryParse(http.GetRouteValue("id") as string, null, out var id)
                && await ListInvoices.ListInvoices.Of(
                    id,
                    db,
                    http.RequestServices.GetServices<INameFiles>(),
                    http.RequestAborted
                )
                    is var (table, _)
                    ? table
                    : null
        );
        ArchiveClientHandler.Map(routes);
        RemoveClientHandler.Map(routes);
        MergeClientHandler.Map(routes);
        routes.MapSections();
    }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        var texts = ClientsText.In(culture);
        yield return new MenuEntry("clients", texts["clients"], Role.Reader, 11, "users");
        yield return new MenuEntry("clients/new", texts["newClient"], Role.Member, 11, "plus", MenuPlace.Palette);
        foreach (var entry in Sections.Menu(culture))
        {
            yield return entry;
        }
    }
}
