using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.EnterCode;

/// <summary>Marks the texts beside it, in the resx pair.</summary>
public sealed class EnterCodeText
{
    private EnterCodeText() { }

    internal static Texts Current => new(typeof(EnterCodeText), CultureInfo.CurrentUICulture);
}
