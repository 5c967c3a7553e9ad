using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Settings.DecideMail;
using PorteOuverte.Features.Settings.ListMails;
using PorteOuverte.Features.Settings.ReadMail;
using PorteOuverte.Features.Settings.SendTestMail;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings;

/// <summary>The door of the settings: how the house is held.</summary>
public sealed class Settings : Door
{
    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<ListMailsHandler>();
        services.AddScoped<ReadMailHandler>();
        services.AddScoped<DecideMailHandler>();
        services.AddScoped<SendTestMailHandler>();
    }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        var texts = new Texts(typeof(SettingsText), culture);
        yield return new MenuEntry("settings", texts["settings"], Role.Reader, 90);
    }
}
