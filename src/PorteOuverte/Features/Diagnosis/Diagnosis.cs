using System.CommandLine;
using System.Globalization;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>The door of the diagnosis: what the feature brings to the product.</summary>
public sealed class Diagnosis : Door
{
    public override IEnumerable<Command> Verbs(CultureInfo culture)
    {
        yield return DiagnoseVerb.Verb(new Texts(typeof(DiagnosisText), culture));
        yield return MakeSampleVerb.Verb(new Texts(typeof(SampleText), culture));
    }

    /// <summary>What the program is, for the head of its help.</summary>
    public static string Description(CultureInfo culture) => new Texts(typeof(DiagnosisText), culture)["program"];
}
