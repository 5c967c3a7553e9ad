using System.Runtime.CompilerServices;

namespace PorteOuverte.Analytics;

/// <summary>The refusals every function makes at its door, with one wording.</summary>
internal static class Guard
{
    public static void Finite(
        double value,
        [CallerArgumentExpression(nameof(value))] string name = ""
    )
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, "A finite number is needed.");
    }

    public static void NotNegative(
        double value,
        [CallerArgumentExpression(nameof(value))] string name = ""
    )
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(
                name,
                value,
                "A finite number that is not negative is needed."
            );
    }

    public static void Positive(
        double value,
        [CallerArgumentExpression(nameof(value))] string name = ""
    )
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(
                name,
                value,
                "A positive finite number is needed."
            );
    }

    public static void Probability(
        double value,
        [CallerArgumentExpression(nameof(value))] string name = ""
    )
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(
                name,
                value,
                "A probability between 0 and 1 is needed."
            );
    }

    public static void NotEmpty<T>(ReadOnlySpan<T> values, string name)
    {
        if (values.IsEmpty)
            throw new ArgumentException("The sample is empty.", name);
    }

    public static void SameLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{expected} values are needed, one per row, but {length} were given."
                ),
                name
            );
    }
}
