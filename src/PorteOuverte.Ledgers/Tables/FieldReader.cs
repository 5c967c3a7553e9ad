using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>Reads the fields of rows as a mapping says, and notes what cannot be read.</summary>
internal sealed class FieldReader
{
    private static readonly int Fields = Enum.GetValues<TableField>().Length;

    private readonly TableProblems problems;
    private readonly Dictionary<TableField, TableColumn> columns = [];
    private readonly DateForm?[] dates = new DateForm?[Fields];
    private readonly char?[] marks = new char?[Fields];

    public FieldReader(TableFile table, TableMapping mapping, TableProblems problems)
    {
        this.problems = problems;
        foreach (var (field, key) in mapping.Columns)
        {
            if (table.Column(key) is { } column)
            {
                columns[field] = column;
                dates[(int)field] = mapping.Dates.TryGetValue(key, out var form) ? form : column.Dates;
                marks[(int)field] = mapping.DecimalMarks.TryGetValue(key, out var mark)
                    ? mark
                    : column.Amounts?.DecimalMark;
            }
        }
        OtherNumbers =
        [
            .. table.Columns.Where(c => c.Amounts is not null && !columns.ContainsValue(c)).Select(c => c.Position),
        ];
    }

    /// <summary>The places of the columns of numbers that are not mapped.</summary>
    public IReadOnlyList<int> OtherNumbers { get; }

    public string? NameOf(TableField field) => columns.TryGetValue(field, out var column) ? Shown(column) : null;

    public string Text(TableRow row, TableField field) =>
        columns.TryGetValue(field, out var column) && row[column.Position] is { IsEmpty: false } cell
            ? Cells.Label(cell.Text)
            : "";

    public Party Party(TableRow row) =>
        new(
            Text(row, TableField.ClientName),
            Text(row, TableField.ClientCode),
            Text(row, TableField.ClientEmail),
            FieldContent.Siren(Text(row, TableField.Siren)),
            Text(row, TableField.VatNumber)
        );

    /// <summary>Says that a row lacks what it needs.</summary>
    public void LeaveOut(TableRow row, TableProblemReason reason) =>
        problems.Add(
            row.Line,
            null,
            reason,
            string.Join(" ", row.Cells.Where(c => !c.IsEmpty).Select(c => c.Text).Take(8)),
            isLeftOut: true
        );

    /// <summary>The amount of a field, or null where its cell is empty; false where it cannot be read, which is noted.</summary>
    public bool TryAmount(TableRow row, TableField field, out long? amount, ref string? currency)
    {
        amount = null;
        if (
            !columns.TryGetValue(field, out var column)
            || row[column.Position] is not { IsEmpty: false } cell
            || cell.Text is "-" or "–" or "—"
        )
        {
            return true;
        }
        if (
            !AmountText.TryRead(cell.Text, out var text)
            || text.IsPercent
            || !Hundredths(cell, text, field, out var cents, out var isRounded)
        )
        {
            problems.Add(row.Line, Shown(column), TableProblemReason.Amount, cell.Text, isLeftOut: true);
            return false;
        }
        if (isRounded)
        {
            problems.Note(TableNoticeCode.AmountRounded, row.Line, Shown(column), cell.Text);
        }
        amount = cents;
        currency ??= cell.Currency ?? text.Currency ?? column.Amounts?.Currency;
        return true;
    }

    // The numbers of a workbook have their own, certain form.
    private bool Hundredths(TableCell cell, AmountText text, TableField field, out long cents, out bool isRounded)
    {
        if (cell.Type != TableCellType.Number)
        {
            return text.TryCents(marks[(int)field], out cents, out isRounded);
        }
        var oddity = Amounts.Oddity.None;
        var isAmount = Amounts.TryParse(System.Text.Encoding.ASCII.GetBytes(cell.Text), out cents, ref oddity);
        isRounded = (oddity & Amounts.Oddity.Rounded) != 0;
        return isAmount;
    }

    /// <summary>The currency a column names wins over the one beside an amount; false where it is not known.</summary>
    public bool TryCurrency(TableRow row, ref string? currency)
    {
        var named = Text(row, TableField.Currency);
        if (named.Length == 0)
        {
            return true;
        }
        currency =
            Currencies.Of(named)
            ?? (named.Length == 3 && named.All(char.IsAsciiLetter) ? named.ToUpperInvariant() : null);
        if (currency is null)
        {
            problems.Add(row.Line, NameOf(TableField.Currency), TableProblemReason.Currency, named, isLeftOut: true);
        }
        return currency is not null;
    }

    /// <summary>The date of a field, or null where its cell is empty; false where it cannot be read, which is noted.</summary>
    public bool TryDate(TableRow row, TableField field, bool isNeeded, out DateOnly? date)
    {
        date = null;
        if (
            !columns.TryGetValue(field, out var column)
            || row[column.Position] is not { IsEmpty: false } cell
            || cell.Text is "-" or "–" or "—"
        )
        {
            return true;
        }
        var day =
            cell.Type == TableCellType.Date
                ? DateText.Day(cell.Text, DateForm.YearFirst)
                : DateText.Day(cell.Text, dates[(int)field]);
        if (day == Dates.None)
        {
            problems.Add(row.Line, Shown(column), TableProblemReason.Date, cell.Text, isLeftOut: isNeeded);
            return false;
        }
        date = DateOnly.FromDayNumber(day);
        return true;
    }

    /// <summary>The VAT rate, 0.2 for twenty per cent; null where it is empty or cannot be read, which is noted.</summary>
    public decimal? Rate(TableRow row)
    {
        if (
            !columns.TryGetValue(TableField.VatRate, out var column)
            || row[column.Position] is not { IsEmpty: false } cell
        )
        {
            return null;
        }
        if (
            !AmountText.TryRead(cell.Text, out var text)
            || !Hundredths(cell, text, TableField.VatRate, out var rate, out _)
            || rate is < 0 or > 10_000
        )
        {
            problems.Add(row.Line, Shown(column), TableProblemReason.Rate, cell.Text, isLeftOut: false);
            return null;
        }
        // 0.2 and 20 both mean twenty per cent; nobody's VAT is one per cent or less.
        return text.IsPercent || rate > 100 ? rate / 10_000m : rate / 100m;
    }

    /// <summary>True for a row of totals, which is noted.</summary>
    /// <remarks>A client may be called Total: rows of totals have neither date nor number.</remarks>
    public bool IsTotal(TableRow row)
    {
        if (!row.Cells.Any(c => !c.IsEmpty && c.Type == TableCellType.Text && RowWords.IsTotal(c.Text)))
        {
            return false;
        }
        if (
            !IsEmptyOrTotal(TableField.Date)
            || !IsEmptyOrTotal(TableField.PaidOn)
            || !IsEmptyOrTotal(TableField.Number)
        )
        {
            return false;
        }
        problems.Note(TableNoticeCode.TotalRow, row.Line, null, row.Cells.First(c => RowWords.IsTotal(c.Text)).Text);
        return true;

        bool IsEmptyOrTotal(TableField field) =>
            !columns.TryGetValue(field, out var column)
            || row[column.Position] is not { IsEmpty: false } cell
            || RowWords.IsTotal(cell.Text);
    }

    private static string Shown(TableColumn column) => column.Name.Length > 0 ? column.Name : column.Letter;
}
