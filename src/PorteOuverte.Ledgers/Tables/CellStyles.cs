using System.Globalization;
using System.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What the formats of a workbook's cells tell: which numbers are dates, and in which currency others are.</summary>
internal sealed class CellStyles
{
    private readonly List<(bool IsDate, string? Currency)> formats = [];

    public bool IsDate(int style) => (uint)style < (uint)formats.Count && formats[style].IsDate;

    public string? Currency(int style) => (uint)style < (uint)formats.Count ? formats[style].Currency : null;

    public static CellStyles Read(Package package, string? part)
    {
        var styles = new CellStyles();
        if (part is null)
        {
            return styles;
        }
        var custom = new Dictionary<int, string>();
        var inCells = false;
        package.ReadPart(
            part,
            TableLimits.SmallPart,
            xml =>
            {
                switch (xml.LocalName)
                {
                    case "numFmt"
                        when int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id):
                        custom[id] = xml.GetAttribute("formatCode") ?? "";
                        break;
                    case "cellXfs":
                        inCells = true;
                        break;
                    case "cellStyleXfs" or "cellStyles" or "dxfs":
                        inCells = false;
                        break;
                    case "xf" when inCells:
                        _ = int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var format);
                        styles.formats.Add(
                            custom.TryGetValue(format, out var code)
                                ? (IsDateCode(code), CurrencyOf(code))
                                : (IsBuiltInDate(format), null)
                        );
                        break;
                }
            }
        );
        return styles;
    }

    // ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asian workbooks. Times alone (18 to 21, 45 to 47) are none.
    private static bool IsBuiltInDate(int format) =>
        format is (>= 14 and <= 17) or 22 or (>= 27 and <= 36) or (>= 50 and <= 58);

    /// <summary>True where a format shows a day, a month or a year.</summary>
    public static bool IsDateCode(string code)
    {
        var letters = Letters(code);
        return letters.AsSpan().IndexOfAny("dyDY") >= 0 && letters.AsSpan().IndexOfAny("#?") < 0;
    }

    private static string? CurrencyOf(string code)
    {
        // "[$€-40C]" and "[$USD]" name a currency; so do signs in quotes or alone.
        if (
            code.IndexOf("[$", StringComparison.Ordinal) is var at and >= 0
            && code.AsSpan(at + 2).IndexOfAny('-', ']') is var end and > 0
        )
        {
            return Currencies.Of(code.Substring(at + 2, end));
        }
        foreach (var sign in (string[])["€", "£", "$"])
        {
            if (code.Contains(sign, StringComparison.Ordinal))
            {
                return Currencies.Of(sign);
            }
        }
        return null;
    }

    // The code without what stands in quotes or brackets, or behind a backslash.
    private static string Letters(string code)
    {
        var letters = new StringBuilder(code.Length);
        var until = '\0';
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[i];
            if (until != '\0')
            {
                until = c == until ? '\0' : until;
            }
            else if (c is '"' or '[')
            {
                until = c == '[' ? ']' : '"';
            }
            else if (c is '\\' or '_' or '*')
            {
                i++;
            }
            else
            {
                letters.Append(c);
            }
        }
        return letters.ToString();
    }
}
