using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.ResetFactors;

/// <summary>Marks the texts of the pages, the mail and the verb, in the resx pair beside it.</summary>
public sealed class ResetFactorsText
{
    private ResetFactorsText() { }

    internal static Texts Current => new(typeof(ResetFactorsText), CultureInfo.CurrentUICulture);
}
