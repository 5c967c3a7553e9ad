using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.SnoozeAlert;

/// <summary>Marks the texts of an alert's own page, in the resx pair beside it.</summary>
public sealed class SnoozeText
{
    private SnoozeText() { }

    internal static Texts Current => new(typeof(SnoozeText), CultureInfo.CurrentUICulture);
}
