using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting;

/// <summary>Marks the texts of the accounting, in the resx pair beside it.</summary>
public sealed class AccountingText
{
    private AccountingText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(AccountingText), culture);

    /// <summary>In the language of the workspace: what is written for all who work there.</summary>
    internal static async Task<Texts> OfWorkspace(AppDb db, CancellationToken cancellation) =>
        In(CultureInfo.GetCultureInfo(await db.Workspaces.Select(w => w.Language).SingleAsync(cancellation)));
}
