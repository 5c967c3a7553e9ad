namespace PorteOuverte.Features.Diagnosis;

/// <summary>Names the resx pair of this feature.</summary>
public sealed class DiagnosisText
{
    private DiagnosisText() { }
}
