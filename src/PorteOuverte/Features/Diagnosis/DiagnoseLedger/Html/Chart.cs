using System.Globalization;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Html;

/// <summary>A chart of horizontal bars: one visual language for the four charts of the page.</summary>
/// <param name="Id">Names its title and description within the page.</param>
/// <param name="Full">The value of a bar that takes the whole width.</param>
public sealed record Chart(
    string Id,
    string Title,
    string Description,
    double Full,
    IReadOnlyList<ChartBar> Bars,
    IReadOnlyList<ChartLine> Lines
)
{
    /// <summary>A place on the width, as a length that every screen resolves for itself.</summary>
    public string Percent(double value) =>
        (Full <= 0 ? 0 : Math.Clamp(value / Full, 0, 1) * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}

/// <param name="Value">What stands at the right, beside the label.</param>
/// <param name="Parts">From left to right.</param>
/// <param name="Detail">A second, quieter figure before the value.</param>
/// <param name="Note">A quiet line under the bar.</param>
public sealed record ChartBar(
    string Label,
    string Value,
    IReadOnlyList<ChartPart> Parts,
    string? Detail = null,
    string? Note = null
);

/// <param name="Tone">The class of its colour.</param>
public sealed record ChartPart(double From, double To, string Tone);

public sealed record ChartLine(double At, string Label, string Tone);
