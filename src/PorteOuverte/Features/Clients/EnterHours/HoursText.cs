using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.EnterHours;

/// <summary>Marks the texts of the hours, in the resx pair beside it.</summary>
public sealed class HoursText
{
    private HoursText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(HoursText), culture);
}
