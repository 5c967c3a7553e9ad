using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting;

/// <summary>Marks the texts of the accounting, in the resx pair beside it.</summary>
public sealed class AccountingText
{
    private AccountingText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(AccountingText), culture);
}
