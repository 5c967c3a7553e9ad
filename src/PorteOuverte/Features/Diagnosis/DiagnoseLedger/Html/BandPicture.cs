using System.Globalization;
using System.Text;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Html;

/// <summary>The band of cash as a picture: where its lines and its words stand.</summary>
/// <remarks>
/// The band stretches with the page, so it is drawn in its own units, months by pixels of height; words keep their size
/// and stand at percentages of the width.
/// </remarks>
public sealed class BandPicture
{
    public const int Top = 22;
    public const int PlotHeight = 190;
    public const int Height = Top + PlotHeight + 30;

    /// <summary>The part of the width that the band takes; the figures of its end stand beside it.</summary>
    public const int PlotWidth = 80;

    // Two figures closer than a line of text would be written over each other.
    private const int LineHeight = 17;

    private readonly long cash;
    private readonly BandReport band;
    private readonly Wording wording;
    private readonly long bottom;
    private readonly long top;

    public BandPicture(long cash, BandReport band, Wording wording)
    {
        (this.cash, this.band, this.wording) = (cash, band, wording);
        bottom = Math.Min(Math.Min(0, cash), band.Months.Min(m => m.Low));
        top = Math.Max(Math.Max(0, cash), band.Months.Max(m => m.High));
    }

    private Texts Texts => wording.Texts;

    public string Title => Texts["band_chart"];

    public string Description =>
        Texts.Format(
            "band_chart_note",
            band.Last.Month,
            wording.RoundEuros(band.Last.Low),
            wording.RoundEuros(band.Last.Median),
            wording.RoundEuros(band.Last.High)
        );

    public int Months => band.Last.Month;

    public double ZeroAt => Y(0);

    /// <summary>Whether the band comes near zero: else the line is the floor of the picture, not a danger.</summary>
    public bool CrossesZero => bottom < 0;

    public string Area()
    {
        var path = new StringBuilder();
        Line(path, band.Months.Select(m => m.High));
        path.Append('L');
        foreach (var month in band.Months.Reverse())
        {
            Point(path, month.Month, month.Low);
        }
        Point(path, 0, cash);
        return path.Append('Z').ToString();
    }

    public string Middle()
    {
        var path = new StringBuilder();
        Line(path, band.Months.Select(m => m.Median));
        return path.ToString();
    }

    /// <summary>The figures beside the end of the band, the highest first, none over another.</summary>
    public IReadOnlyList<(double Y, string Text, string Tone)> Ends()
    {
        (double Y, string Text, string Tone)[] ends =
        [
            (Y(band.Last.High), wording.RoundEuros(band.Last.High), "note"),
            (Y(band.Last.Median), wording.RoundEuros(band.Last.Median), "value"),
            (Y(band.Last.Low), wording.RoundEuros(band.Last.Low), "note"),
        ];
        // The middle stays where it is; the others give way.
        ends[1].Y = Math.Clamp(ends[1].Y, Top + LineHeight, Top + PlotHeight - LineHeight);
        ends[0].Y = Math.Min(ends[0].Y, ends[1].Y - LineHeight);
        ends[2].Y = Math.Max(ends[2].Y, ends[1].Y + LineHeight);
        return ends;
    }

    /// <summary>What there is today, on the side of the line that it leaves free: below where it rises.</summary>
    public (double Y, string Text) Start
    {
        get
        {
            var rises = band.Last.Median > cash && Y(cash) < Top + PlotHeight - LineHeight;
            return (Y(cash) + (rises ? LineHeight : -8), wording.RoundEuros(cash));
        }
    }

    /// <summary>The marks below: today and each half-year; those between the years give way on a narrow screen.</summary>
    public IEnumerable<(string At, string Anchor, string Text, string Tone)> Marks()
    {
        for (var month = 0; month <= Months; month += 6)
        {
            yield return (
                Number(PlotWidth * month / (double)Months) + "%",
                month == 0 ? "start" : "middle",
                month == 0 ? Texts["band_today"] : Texts.Count("months", month),
                month % 12 == 0 ? "rule-label" : "between"
            );
        }
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Line(StringBuilder path, IEnumerable<long> values)
    {
        path.Append('M');
        Point(path, 0, cash);
        path.Append('L');
        var month = 0;
        foreach (var value in values)
        {
            Point(path, ++month, value);
        }
    }

    private void Point(StringBuilder path, int month, long value) =>
        path.Append(CultureInfo.InvariantCulture, $"{month} {Y(value):0.##} ");

    private double Y(long value) =>
        top == bottom ? Top + PlotHeight : Top + (PlotHeight * (top - value) / (double)(top - bottom));
}
