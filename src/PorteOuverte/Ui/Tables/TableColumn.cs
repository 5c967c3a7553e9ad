using System.Globalization;
using System.Linq.Expressions;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Ui.Tables;

/// <summary>A column of a list: what it shows of a row, and how.</summary>
public sealed class TableColumn<TRow>
{
    private readonly Lazy<Func<TRow, object?>> read;

    internal TableColumn(string key, string title, SheetKind kind, LambdaExpression of)
    {
        (Key, Title, Kind) = (key, title, kind);
        // Whether a value may be missing is a matter of its own type, not of the cast that the compiler put around it.
        Of =
            of.Body is UnaryExpression { NodeType: ExpressionType.Convert, Operand: var plain } cast
            && Nullable.GetUnderlyingType(cast.Type) == plain.Type
                ? Expression.Lambda(plain, of.Parameters)
                : of;
        read = new(() =>
            Expression
                .Lambda<Func<TRow, object?>>(Expression.Convert(Of.Body, typeof(object)), Of.Parameters)
                // Of fifty rows: compiling would take longer than reading them.
                .Compile(preferInterpretation: true)
        );
    }

    /// <summary>How addresses and cookies name it.</summary>
    public string Key { get; }

    public string Title { get; }

    public SheetKind Kind { get; }

    /// <summary>Whether it stands there until somebody chooses.</summary>
    public bool IsShown { get; internal init; } = true;

    internal LambdaExpression Of { get; }

    internal int Decimals { get; init; }

    internal Func<TRow, string?>? Link { get; init; }

    internal Func<object?, (string? Tone, string Words)>? Badge { get; init; }

    /// <summary>Figures are set to the right, one under the other.</summary>
    internal bool IsFigure => Kind is SheetKind.Number or SheetKind.Amount or SheetKind.Percent;

    internal bool IsTime => Kind is SheetKind.Date or SheetKind.Instant;

    internal object? Value(TRow row) => read.Value(row);

    /// <summary>As it stands in the cell of a spreadsheet.</summary>
    internal object? Cell(TRow row) => Badge is null ? Value(row) : Badge(Value(row)).Words;

    /// <summary>As people read it on the page.</summary>
    internal string Words(TRow row, Figures figures, TimeZoneInfo zone) =>
        (Kind, Value(row)) switch
        {
            (_, null) => "",
            (SheetKind.Number, var number) => figures.Number(
                Convert.ToDecimal(number, CultureInfo.InvariantCulture),
                Decimals
            ),
            (SheetKind.Amount, long cents) => figures.Amount(cents),
            (SheetKind.Percent, double fraction) => figures.Percent(fraction),
            (SheetKind.Date, DateOnly date) => figures.Date(date),
            (SheetKind.Instant, DateTime instant) => figures.Instant(instant, zone),
            (_, var other) => string.Create(CultureInfo.InvariantCulture, $"{other}"),
        };
}
