using System.CommandLine;
using System.Globalization;
using PorteOuverte.Features.Settings.BackUpData;
using PorteOuverte.Features.Settings.RestoreData;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data.Backup;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings;

/// <summary>The door of the settings: how the house is held.</summary>
public sealed class Settings : Door
{
    public override IEnumerable<Command> Verbs(CultureInfo culture)
    {
        yield return BackUpDataVerb.Verb(new Texts(typeof(BackupText), culture));
        yield return RestoreDataVerb.Verb(new Texts(typeof(BackupText), culture));
    }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        var texts = new Texts(typeof(SettingsText), culture);
        yield return new MenuEntry("settings", texts["settings"], Role.Reader, 90);
    }
}
