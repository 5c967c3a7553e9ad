using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Clients;

/// <summary>The door of the clients: who they are, what we do for them, and the money between us.</summary>
public sealed class Clients : Door
{
    public override void Services(IServiceCollection services, IConfiguration settings) =>
        services.AddAuditTexts<ClientsText>().AddSections();

    public override void Routes(IEndpointRouteBuilder routes) => routes.MapSections();

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        yield return new MenuEntry("clients", ClientsText.In(culture)["clients"], Role.Reader, 10, "users");
        foreach (var entry in Sections.Menu(culture))
        {
            yield return entry;
        }
    }
}
