using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts;

/// <summary>Marks the texts of the alerts, in the resx pair beside it.</summary>
public sealed class AlertsText
{
    private AlertsText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(AlertsText), culture);
}
