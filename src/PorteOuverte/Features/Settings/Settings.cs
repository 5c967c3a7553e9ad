using System.Globalization;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings;

/// <summary>The door of the settings: how the house is held.</summary>
public sealed class Settings : Door
{
    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        var texts = new Texts(typeof(SettingsText), culture);
        yield return new MenuEntry("settings", texts["settings"], Role.Reader, 90);
    }
}
