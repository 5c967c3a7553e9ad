namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Names the resx pair of this use case.</summary>
public sealed class SampleText
{
    private SampleText() { }
}
