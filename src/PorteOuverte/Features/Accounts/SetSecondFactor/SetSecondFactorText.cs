using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.SetSecondFactor;

/// <summary>Marks the texts beside it, in the resx pair.</summary>
public sealed class SetSecondFactorText
{
    private SetSecondFactorText() { }

    internal static Texts Current => new(typeof(SetSecondFactorText), CultureInfo.CurrentUICulture);
}
