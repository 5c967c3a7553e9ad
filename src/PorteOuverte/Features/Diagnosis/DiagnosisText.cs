using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>Names the resx pair of this feature.</summary>
public sealed class DiagnosisText
{
    private DiagnosisText() { }

    internal static Texts Current => new(typeof(DiagnosisText), CultureInfo.CurrentUICulture);
}
