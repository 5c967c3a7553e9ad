using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.EditAccount;

/// <summary>Marks the texts of the account, in the resx pair beside it.</summary>
public sealed class AccountText
{
    private AccountText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(AccountText), culture);
}
