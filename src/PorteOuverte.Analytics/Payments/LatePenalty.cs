using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>French rates of one half-year, in per cent a year.</summary>
/// <param name="From">1 January or 1 July.</param>
/// <param name="Legal">Legal interest rate for professionals; three times it is the floor of an agreed rate.</param>
/// <param name="Default">ECB refinancing rate of that day + 10 points: what applies without an agreed rate.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LatePaymentRate(DateOnly From, decimal Legal, decimal Default);

/// <summary>The part of a penalty that falls into one half-year.</summary>
/// <param name="From">First day counted.</param>
/// <param name="Through">Last day counted.</param>
/// <param name="Days">Days counted.</param>
/// <param name="Rate">Per cent a year.</param>
/// <param name="Interest">Amount × rate × days / 365, not rounded.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LatePenaltyPart(
    DateOnly From,
    DateOnly Through,
    int Days,
    decimal Rate,
    decimal Interest
);

/// <summary>What a late payment owes on top.</summary>
/// <param name="Days">Days late.</param>
/// <param name="Interest">Penalty rounded to cents, no VAT.</param>
/// <param name="Indemnity">Fixed 40 € for recovery, when late at all.</param>
/// <param name="Parts">The half-years.</param>
public sealed record LatePenalty(
    int Days,
    decimal Interest,
    decimal Indemnity,
    IReadOnlyList<LatePenaltyPart> Parts
);

public static partial class Payments
{
    private const decimal RecoveryIndemnity = 40;

    /// <summary>
    /// The known French half-years: legal rates as published by decree, default rates from the ECB's refinancing rate
    /// (4.25, 3.15, 2.15, 2.15) + 10. Data to start from: later half-years come from the user.
    /// </summary>
    public static IReadOnlyList<LatePaymentRate> KnownFrenchRates { get; } =
    [
        new(new(2024, 7, 1), 4.92m, 14.25m),
        new(new(2025, 1, 1), 3.71m, 13.15m),
        new(new(2025, 7, 1), 2.76m, 12.15m),
        new(new(2026, 1, 1), 2.62m, 12.15m),
    ];

    /// <summary>
    /// Late payment penalty between businesses in France (art. L.441-10 C. com.): from the day after the due date
    /// through the day of payment, amount × rate × days / 365, split by half-year, and 40 € per invoice.
    /// </summary>
    /// <param name="amount">What is late, VAT included, in euros, ≥ 0.</param>
    /// <param name="due">Due date.</param>
    /// <param name="paid">Day of payment, or today.</param>
    /// <param name="rates">The dated table; one entry per half-year touched.</param>
    /// <param name="agreedRate">
    /// The contract's rate in per cent, raised to three times the legal rate where it lies below; null applies the
    /// default rate, which that floor does not bind.
    /// </param>
    /// <returns>Zero of everything when paid in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount or the agreed rate is negative.</exception>
    /// <exception cref="ArgumentException">A half-year has no entry in the table.</exception>
    public static LatePenalty Penalty(
        decimal amount,
        DateOnly due,
        DateOnly paid,
        IReadOnlyList<LatePaymentRate> rates,
        decimal? agreedRate = null
    )
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (agreedRate is < 0)
            throw new ArgumentOutOfRangeException(
                nameof(agreedRate),
                agreedRate,
                "A rate is not negative."
            );
        if (paid <= due)
            return new(0, 0, 0, []);
        var parts = new List<LatePenaltyPart>();
        var sum = 0m;
        for (var from = due.AddDays(1); from <= paid; )
        {
            var half = new DateOnly(from.Year, from.Month < 7 ? 1 : 7, 1);
            var last = half.AddMonths(6).AddDays(-1);
            var through = last < paid ? last : paid;
            var rate = RateOf(half, rates, agreedRate);
            var days = through.DayNumber - from.DayNumber + 1;
            var interest = amount * rate / 100 * days / 365;
            parts.Add(new(from, through, days, rate, interest));
            sum += interest;
            from = through.AddDays(1);
        }
        return new(
            paid.DayNumber - due.DayNumber,
            Math.Round(sum, 2, MidpointRounding.AwayFromZero),
            RecoveryIndemnity,
            parts
        );
    }

    private static decimal RateOf(
        DateOnly half,
        IReadOnlyList<LatePaymentRate> rates,
        decimal? agreed
    )
    {
        foreach (var rate in rates)
            if (rate.From == half)
                return agreed is { } own ? Math.Max(own, 3 * rate.Legal) : rate.Default;
        throw new ArgumentException(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"No rate is known for the half-year from {half:yyyy-MM-dd}."
            ),
            nameof(rates)
        );
    }
}
