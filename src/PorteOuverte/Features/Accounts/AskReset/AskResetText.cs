using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounts.AskReset;

/// <summary>Marks the texts of the pages, the mail and the verb, in the resx pair beside it.</summary>
public sealed class AskResetText
{
    private AskResetText() { }

    internal static Texts Current => new(typeof(AskResetText), CultureInfo.CurrentUICulture);
}
