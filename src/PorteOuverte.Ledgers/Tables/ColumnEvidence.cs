namespace PorteOuverte.Ledgers.Tables;

/// <summary>What the cells of one column tell, gathered over all rows.</summary>
internal sealed class ColumnEvidence
{
    private readonly List<string> samples = [];
    private int filled;
    private int numbers;
    private int nativeNumbers;
    private int codes;
    private int money;
    private int dates;
    private int nativeDates;
    private int dayFirst;
    private int monthFirst;
    private int yearFirst;
    private int plainYearFirst;
    private int named;
    private int undecidedOrder;
    private int serials;
    private int commas;
    private int points;
    private int undecided;
    private char? undecidedMark;
    private AmountFormat shown = new();
    private readonly Dictionary<TableField, int> contents = [];

    public void Add(TableCell cell)
    {
        filled++;
        var text = cell.Text;
        if (samples.Count < TableLimits.Samples && Cells.Short(text) is var sample && !samples.Contains(sample))
        {
            samples.Add(sample);
        }
        if (cell.Type == TableCellType.Date)
        {
            nativeDates++;
            return;
        }
        if (DateText.IsSerial(text))
        {
            serials++;
        }
        if (cell.Type == TableCellType.Number)
        {
            nativeNumbers++;
            money += text.Contains('.', StringComparison.Ordinal) || cell.Currency is not null ? 1 : 0;
            codes += text.Length > 5 && !text.Contains('.', StringComparison.Ordinal) ? 1 : 0;
            shown = shown with { Currency = shown.Currency ?? cell.Currency };
        }
        else
        {
            AddNumber(text);
            AddDate(DateText.Read(text), text);
        }
        if (FieldContent.Of(text) is { } field)
        {
            contents[field] = contents.GetValueOrDefault(field) + 1;
        }
    }

    /// <summary>The column these cells make.</summary>
    /// <param name="position">Its place.</param>
    /// <param name="name">Its name in the header.</param>
    /// <param name="key">What a mapping calls it.</param>
    /// <param name="isDateByName">True where the header says that it holds dates.</param>
    /// <param name="since1904">True where the workbook counts its days from 1904.</param>
    public TableColumn Column(int position, string name, string key, bool isDateByName, bool since1904)
    {
        var isSerial = isDateByName && serials * 10 >= filled * 9;
        var kind = KindOf(isDateByName, isSerial);
        var (form, candidates) = isSerial ? (since1904 ? DateForm.Serial1904 : DateForm.Serial1900, []) : Form();
        var best = contents.Count == 0 ? default : contents.MaxBy(c => c.Value);
        return new TableColumn
        {
            Position = position,
            Letter = Cells.Letter(position),
            Name = name,
            Key = key,
            Kind = kind,
            Filled = filled,
            Samples = samples,
            Amounts =
                kind is ColumnKind.Number or ColumnKind.Amount
                || numbers + nativeNumbers > 0 && kind is not ColumnKind.Date
                    ? Format()
                    : null,
            Dates = kind == ColumnKind.Date ? form : null,
            DateCandidates = kind == ColumnKind.Date ? candidates : [],
            Content = best.Value * 10 >= filled * 8 && filled > 0 ? best.Key : null,
        };
    }

    // Four cells of five: totals and remarks at the bottom stand in any column.
    private ColumnKind KindOf(bool isDateByName, bool isSerial)
    {
        bool Most(int count) => count * 5 >= filled * 4;
        if (filled == 0)
        {
            return ColumnKind.Empty;
        }
        // Eight digits that all read as dates may be numbers of documents; the header must say so.
        var plain = isDateByName ? 0 : plainYearFirst;
        if (isSerial || Most(dates + nativeDates - plain))
        {
            return ColumnKind.Date;
        }
        if (Most(numbers + nativeNumbers))
        {
            return money > 0 && codes * 2 < filled ? ColumnKind.Amount
                : Most(codes) ? ColumnKind.Code
                : ColumnKind.Number;
        }
        return Most(codes + numbers + nativeNumbers) ? ColumnKind.Code : ColumnKind.Text;
    }

    private void AddNumber(string text)
    {
        if (!AmountText.TryRead(text, out var amount))
        {
            // "FA-2025/001", "C0042": digits, perhaps letters, no spaces.
            codes +=
                text.Length <= 30
                && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0
                && !text.Contains(' ', StringComparison.Ordinal)
                && !text.Contains('@', StringComparison.Ordinal)
                    ? 1
                    : 0;
            return;
        }
        numbers++;
        money += amount.IsMoney ? 1 : 0;
        codes += !amount.IsMoney && (text.Length > 5 || (text.Length > 1 && text[0] == '0')) ? 1 : 0;
        commas += amount.DecimalMark == ',' ? 1 : 0;
        points += amount.DecimalMark == '.' ? 1 : 0;
        // A grouping comma tells as much as a decimal point.
        commas += amount.DecimalMark is null && amount.ThousandsMark == '.' ? 1 : 0;
        points += amount.DecimalMark is null && amount.ThousandsMark == ',' ? 1 : 0;
        undecided += amount.UndecidedMark is not null ? 1 : 0;
        undecidedMark ??= amount.UndecidedMark;
        shown = shown with
        {
            ThousandsMark = shown.ThousandsMark ?? amount.ThousandsMark,
            Currency = shown.Currency ?? amount.Currency,
            CurrencyIsBefore = shown.Currency is null ? amount.CurrencyIsBefore : shown.CurrencyIsBefore,
            Sign = shown.Sign == SignPlace.Before ? amount.Sign : shown.Sign,
        };
    }

    private void AddDate(DateText date, string text)
    {
        if (!date.IsDate)
        {
            return;
        }
        dates++;
        switch (date.Form)
        {
            case DateForm.DayFirst:
                dayFirst++;
                break;
            case DateForm.MonthFirst:
                monthFirst++;
                break;
            case DateForm.YearFirst:
                yearFirst++;
                plainYearFirst += text.Length == 8 && char.IsAsciiDigit(text[4]) ? 1 : 0;
                break;
            case DateForm.MonthNamed:
                named++;
                break;
            default:
                undecidedOrder++;
                break;
        }
    }

    private AmountFormat Format()
    {
        var mark =
            commas > 0 && points == 0 ? ','
            : points > 0 && commas == 0 ? '.'
            : (char?)null;
        var thousands =
            shown.ThousandsMark ?? (mark is not null && undecidedMark is { } open && open != mark ? open : null);
        return shown with
        {
            DecimalMark = mark,
            ThousandsMark = thousands,
            IsAmbiguous = mark is null && (undecided > 0 || commas > 0),
        };
    }

    private (DateForm?, IReadOnlyList<DateForm>) Form() =>
        (dayFirst, monthFirst, undecidedOrder) switch
        {
            (> 0, 0, _) => (DateForm.DayFirst, []),
            (0, > 0, _) => (DateForm.MonthFirst, []),
            (0, 0, 0) => (named > yearFirst ? DateForm.MonthNamed : DateForm.YearFirst, []),
            _ => (
                null,
                dayFirst >= monthFirst
                    ? [DateForm.DayFirst, DateForm.MonthFirst]
                    : [DateForm.MonthFirst, DateForm.DayFirst]
            ),
        };
}
