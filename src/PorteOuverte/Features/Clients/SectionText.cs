using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients;

/// <summary>Marks the words that the sections of a client's sheet share, in the resx pair beside it.</summary>
public sealed class SectionText
{
    private SectionText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(SectionText), culture);
}
