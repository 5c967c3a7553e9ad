using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.ListWorkspaces;

/// <summary>Marks the texts of the workspaces of a person, in the resx pair beside it.</summary>
public sealed class WorkspacesText
{
    private WorkspacesText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(WorkspacesText), culture);
}
