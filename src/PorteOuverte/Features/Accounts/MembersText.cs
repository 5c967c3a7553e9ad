using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts;

/// <summary>Marks the texts of the members and invitations, in the resx pair beside it.</summary>
public sealed class MembersText
{
    private MembersText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(MembersText), culture);
}
