using PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using Spectre.Console;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger;

/// <summary>Writes a report for a person in front of a terminal, 60 to 100 columns wide.</summary>
public static class TerminalReport
{
    /// <param name="console">Where to write; it knows its width and its colours.</param>
    /// <param name="report">What to say.</param>
    /// <param name="texts">The texts of the feature, in the reader's language.</param>
    /// <param name="page">The page written beside, if one was: the report ends by naming it.</param>
    public static void Write(IAnsiConsole console, Report report, Texts texts, string? page = null)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(texts);
        // Wider than this, the eye loses the line between a name and its figure.
        const int Widest = 100;
        const int Narrowest = 40;
        var sheet = new Sheet(Math.Clamp(console.Profile.Width, Narrowest, Widest));
        var sections = new TerminalSections(sheet, report, new Wording(texts), console.Profile.Capabilities.Unicode);
        sections.Head();
        sections.Clients();
        sections.Weight();
        sections.LatePayers();
        sections.Ages();
        sections.Quiet();
        sections.Departures();
        sections.Losses();
        sections.Band();
        sections.RejectedLines();
        sections.Notices();
        sections.Next(page);
        console.Write(sheet);
    }
}
