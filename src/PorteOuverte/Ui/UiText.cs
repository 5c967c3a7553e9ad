using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Ui;

/// <summary>Marks the texts of the room, in the resx pair beside it.</summary>
public sealed class UiText
{
    private UiText() { }

    internal static Texts Current => new(typeof(UiText), CultureInfo.CurrentUICulture);
}
