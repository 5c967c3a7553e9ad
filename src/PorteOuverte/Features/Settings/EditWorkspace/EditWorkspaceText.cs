using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Settings.EditWorkspace;

/// <summary>Marks the texts of the page, in the resx pair beside it.</summary>
public sealed class EditWorkspaceText
{
    private EditWorkspaceText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(EditWorkspaceText), culture);
}
