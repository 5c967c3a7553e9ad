using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts;

/// <summary>Marks the texts of the feature, in the resx pair beside it.</summary>
public sealed class AccountsText
{
    private AccountsText() { }

    internal static Texts Current => new(typeof(AccountsText), CultureInfo.CurrentUICulture);
}
