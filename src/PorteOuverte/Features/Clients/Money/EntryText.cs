using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>Marks the texts of the entries, in the resx pair beside it.</summary>
public sealed class EntryText
{
    private EntryText() { }

    internal static Texts Current => new(typeof(EntryText), CultureInfo.CurrentUICulture);
}
