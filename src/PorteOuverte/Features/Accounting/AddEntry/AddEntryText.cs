using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>Marks the texts of what is typed by hand, in the resx pair beside it.</summary>
public sealed class AddEntryText
{
    private AddEntryText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(AddEntryText), culture);
}
