namespace PorteOuverte.Ledgers.Tables;

/// <summary>Where the sign of a negative amount stands.</summary>
public enum SignPlace
{
    /// <summary>In front: <c>-12.00</c>, <c>$-12.00</c>; also where no amount is negative.</summary>
    Before,

    /// <summary>Behind: <c>12,00-</c>.</summary>
    After,

    /// <summary>Parentheses: <c>(12.00)</c>.</summary>
    Parentheses,
}

/// <summary>How the amounts of a column are written.</summary>
public sealed record AmountFormat
{
    /// <summary>The decimal mark, comma or point; null where no amount has decimals, or where it cannot be told.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>
    /// True where the mark cannot be told: every comma or point has three digits behind it (<c>1.234</c>), or some
    /// amounts say comma and others point. To be asked of a person.
    /// </summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>What stands between thousands: a space (any), an apostrophe, a comma or a point; null where nothing does.</summary>
    public char? ThousandsMark { get; init; }

    /// <summary>The currency (ISO 4217) of the first amount that shows one, or null.</summary>
    public string? Currency { get; init; }

    /// <summary>True where the currency stands before the amount.</summary>
    public bool CurrencyIsBefore { get; init; }

    /// <summary>Where the sign of negative amounts stands.</summary>
    public SignPlace Sign { get; init; }
}
