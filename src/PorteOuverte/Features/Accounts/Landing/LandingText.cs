using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.Landing;

/// <summary>Marks the texts of the page before the sign-in, in the resx pair beside it.</summary>
public sealed class LandingText
{
    private LandingText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(LandingText), culture);
}
