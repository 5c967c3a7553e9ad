using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.SignUp;

/// <summary>Marks the texts of the sign-up, in the resx pair beside it.</summary>
public sealed class SignUpText
{
    private SignUpText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(SignUpText), culture);
}
