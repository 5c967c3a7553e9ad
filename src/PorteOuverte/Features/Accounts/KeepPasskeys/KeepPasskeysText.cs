using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.KeepPasskeys;

/// <summary>Marks the texts beside it, in the resx pair.</summary>
public sealed class KeepPasskeysText
{
    private KeepPasskeysText() { }

    internal static Texts Current => new(typeof(KeepPasskeysText), CultureInfo.CurrentUICulture);
}
