using System.Globalization;
using System.Text;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Accounting;

/// <summary>What is said of the files of the books: notices, lines set aside, files that are no ledger.</summary>
public sealed class FileWords(CultureInfo culture)
{
    private readonly Texts texts = new(typeof(FileText), culture);

    // An example of blanks or of what cannot be seen shows nothing.
    private static readonly HashSet<NoticeCode> WithoutExample =
    [
        NoticeCode.Padded,
        NoticeCode.NoBreakSpace,
        NoticeCode.ControlCharacter,
        NoticeCode.TrailingSeparator,
        NoticeCode.Semicolon,
        NoticeCode.AmountAndDirection,
        NoticeCode.UnknownClient,
        NoticeCode.MissingColumns,
    ];

    // These say how the file is written; all others bear on the figures and come first.
    private const NoticeCode LastOfWriting = NoticeCode.DecimalPoint;

    /// <summary>What a notice says, with what was read and assumed, where and how often.</summary>
    public string Message(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var key = $"notice_{notice.Code}";
        var saysWhatWasRead = texts[key].Contains("{0}", StringComparison.Ordinal);
        var what = texts.Format(key, Value(notice.Read), Value(notice.Assumed));
        var where = Where(notice, saysWhatWasRead || WithoutExample.Contains(notice.Code));
        return where.Length == 0 ? what : texts.Format("where", what.TrimEnd('.'), where);
    }

    private string Where(Notice notice, bool withoutExample)
    {
        List<string> parts = [];
        if (notice.Count > 1)
        {
            parts.Add(texts.Count("where_times", notice.Count));
        }
        if (notice.FirstLine > 0 && (notice.FirstLine > 1 || notice.Count > 1))
        {
            parts.Add(
                texts.Format(
                    notice.Count > 1 ? "where_from" : "where_line",
                    texts.Figures.Number((decimal)notice.FirstLine)
                )
            );
        }
        if (!string.IsNullOrEmpty(notice.Column) && notice.FirstLine != 1)
        {
            var many = notice.Column.Contains(',', StringComparison.Ordinal);
            parts.Add(texts.Format(many ? "where_columns" : "where_column", Clean(notice.Column)));
        }
        if (!withoutExample && Clean(notice.Read) is { Length: > 0 } read)
        {
            var assumed = Value(notice.Assumed);
            parts.Add(
                assumed.Length == 0 ? texts.Format("where_read", read) : texts.Format("where_assumed", read, assumed)
            );
        }
        return string.Join(", ", parts);
    }

    // Dates and amounts travel in one form in every language, and are shown in the reader's.
    private string Value(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? texts.Figures.Date(date)
        : decimal.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var amount
        ) && text.Contains('.', StringComparison.Ordinal)
            ? texts.Figures.Amount((long)(amount * 100))
        : Clean(text);

    /// <summary>The notices of a file, one for each code, those that bear on the figures first.</summary>
    public static IReadOnlyList<Notice> Grouped(IEnumerable<Notice> notices)
    {
        ArgumentNullException.ThrowIfNull(notices);
        return
        [
            .. notices
                .GroupBy(n => n.Code)
                .Select(g =>
                {
                    var first = g.OrderBy(n => n.FirstLine).First();
                    var columns = g.Select(n => n.Column)
                        .Where(c => !string.IsNullOrEmpty(c))
                        .Distinct(StringComparer.Ordinal);
                    return first with { Count = g.Sum(n => n.Count), Column = string.Join(", ", columns) };
                })
                .OrderBy(n => n.Code <= LastOfWriting)
                .ThenBy(n => n.Code),
        ];
    }

    /// <summary>Why a line was set aside.</summary>
    public string Reason(RejectedLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return texts[$"reject_{line.Reason}"];
    }

    /// <summary>Why a file cannot be read, where, and what to do next: one sentence.</summary>
    public string Sentence(UnreadableFileException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return Sentence(e.File, FileProblem.Of(e));
    }

    /// <inheritdoc cref="Sentence(UnreadableFileException)"/>
    public string Sentence(string file, FileProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return texts.Format(
            problem.Key,
            Clean(file),
            texts.Figures.Number((decimal)problem.Line),
            Clean(problem.Detail)
        );
    }

    /// <summary>Text from a file, fit to be shown: no control characters, no marks that turn the writing around.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (
                Rune.IsWhiteSpace(rune)
                || category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            )
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse))
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString().TrimEnd(' ');
    }
}
