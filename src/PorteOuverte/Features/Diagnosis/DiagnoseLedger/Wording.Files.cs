using System.Globalization;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger;

/// <summary>What is said of the files: notices, lines set aside, files that are no ledger.</summary>
public sealed partial class Wording
{
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
    public string Message(LedgerFile file, Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var key = $"notice_{notice.Code}";
        var saysWhatWasRead = Texts[key].Contains("{0}", StringComparison.Ordinal);
        var what = Texts.Format(key, Value(notice.Read), Value(notice.Assumed));
        var where = Where(notice, saysWhatWasRead || WithoutExample.Contains(notice.Code));
        return where.Length == 0 ? what : Texts.Format("where", what.TrimEnd('.'), where);
    }

    private string Where(Notice notice, bool withoutExample)
    {
        List<string> parts = [];
        if (notice.Count > 1)
        {
            parts.Add(Texts.Count("where_times", notice.Count));
        }
        if (notice.FirstLine > 0 && (notice.FirstLine > 1 || notice.Count > 1))
        {
            parts.Add(
                Texts.Format(notice.Count > 1 ? "where_from" : "where_line", Figures.Number((decimal)notice.FirstLine))
            );
        }
        if (!string.IsNullOrEmpty(notice.Column) && notice.FirstLine != 1)
        {
            var many = notice.Column.Contains(',', StringComparison.Ordinal);
            parts.Add(Texts.Format(many ? "where_columns" : "where_column", Clean(notice.Column)));
        }
        if (!withoutExample && Clean(notice.Read) is { Length: > 0 } read)
        {
            var assumed = Value(notice.Assumed);
            parts.Add(
                assumed.Length == 0 ? Texts.Format("where_read", read) : Texts.Format("where_assumed", read, assumed)
            );
        }
        return string.Join(", ", parts);
    }

    // Dates and amounts travel in one form in every language, and are shown in the reader's.
    private string Value(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Figures.Date(date)
        : decimal.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var amount
        ) && text.Contains('.', StringComparison.Ordinal)
            ? Figures.Amount((long)(amount * 100))
        : Clean(text);

    /// <summary>The notices of a file, one for each code, those that bear on the figures first.</summary>
    public static IReadOnlyList<Notice> Grouped(LedgerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return
        [
            .. file
                .Notices.GroupBy(n => n.Code)
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
        return Texts[$"reject_{line.Reason}"];
    }

    /// <summary>Why a file cannot be read, where, and what to do next: one sentence.</summary>
    public string Sentence(UnreadableFileException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var key = $"unreadable_{e.Reason}";
        var detail = Clean(e.Detail);
        if (e.Reason == UnreadableReason.NotALedger && detail.Length > 0 && char.IsAsciiLetterUpper(detail[0]))
        {
            // Columns of the norm begin with a capital; what else the detail may be is the name found instead.
            key += "_columns";
        }
        else if (
            (e.Reason == UnreadableReason.NotALedger && (detail.Length == 0 || e.Line == 0))
            || (
                e.Reason is UnreadableReason.Truncated or UnreadableReason.Xml or UnreadableReason.OpenQuote
                && e.Line == 0
            )
        )
        {
            key += "_unknown";
        }
        return Texts.Format(key, Clean(e.File), Figures.Number((decimal)e.Line), detail);
    }

    /// <summary>That a file stops in the middle of a line; null where it does not.</summary>
    public string? Truncation(LedgerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.TruncatedAt is { } line
            ? Texts.Format("truncated", Clean(file.Name), Figures.Number((decimal)line))
            : null;
    }
}
