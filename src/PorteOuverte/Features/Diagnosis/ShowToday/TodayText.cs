using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.ShowToday;

/// <summary>Marks the texts of the home page, in the resx pair beside it.</summary>
public sealed class TodayText
{
    private TodayText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(TodayText), culture);
}
