using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounting;

/// <summary>The door of the accounting: the files that a business has already, and what they bring in.</summary>
public sealed class Accounting : Door
{
    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<INameFiles, NameImportedFiles>();
        services.AddAuditTexts<AccountingText>();
    }

    public override void Routes(IEndpointRouteBuilder routes) { }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        yield return new MenuEntry("accounting", AccountingText.In(culture)["accounting"], Role.Reader, 60, "receipt");
    }
}
