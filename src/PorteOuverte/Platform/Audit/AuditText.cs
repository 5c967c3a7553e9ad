using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Audit;

/// <summary>Marks the texts of the room, in the resx pair beside it.</summary>
public sealed class AuditText
{
    private AuditText() { }

    internal static Texts Current => new(typeof(AuditText), CultureInfo.CurrentUICulture);

    /// <summary>A finding as a sentence, for a screen as for a terminal.</summary>
    public static string Sentence(Texts texts, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(finding);
        return texts.Format(
            $"flaw_{finding.Flaw}_{(finding.From == finding.To ? "one" : "many")}",
            texts.Figures.Number((decimal)finding.From),
            texts.Figures.Number((decimal)finding.To)
        );
    }
}
