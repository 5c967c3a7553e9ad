using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.SendWeekly;

/// <summary>Marks the texts of the weekly mail, in the resx pair beside it.</summary>
public sealed class WeeklyText
{
    private WeeklyText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(WeeklyText), culture);
}
