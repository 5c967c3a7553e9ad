using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Http;
using PorteOuverte.Ui.Search;

namespace PorteOuverte.Ui;

/// <summary>The door of the design system: what its components need, and the page that shows them.</summary>
public sealed class UiDoor : Door
{
    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<Toasts>();
        services.AddScoped<SearchHandler>();
    }
}
