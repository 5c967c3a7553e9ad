using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.ListSessions;

/// <summary>Marks the texts of the page, in the resx pair beside it.</summary>
public sealed class SecurityText
{
    private SecurityText() { }

    internal static Texts Current => new(typeof(SecurityText), CultureInfo.CurrentUICulture);
}
