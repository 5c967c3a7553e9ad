using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.EditEngagement;

/// <summary>Marks the texts of the engagements, in the resx pair beside it.</summary>
public sealed class EngagementsText
{
    private EngagementsText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(EngagementsText), culture);
}
