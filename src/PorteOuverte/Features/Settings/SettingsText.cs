using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Settings;

/// <summary>Marks the texts of the feature, in the resx pair beside it.</summary>
public sealed class SettingsText
{
    private SettingsText() { }

    internal static Texts Current => new(typeof(SettingsText), CultureInfo.CurrentUICulture);
}
