using System.Text.Json;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Accounting;

/// <summary>Of the reading that holds, the money that is no client's: cash, charges, purchases, by day.</summary>
public sealed class BooksMoney
{
    /// <summary>The reading it belongs to.</summary>
    public required long Reading { get; set; }

    public required string Content { get; set; }

    public LedgerMoney Read() => JsonSerializer.Deserialize<Kept>(Content, JsonSerializerOptions.Web)!.Money();

    public static string Write(LedgerMoney money)
    {
        ArgumentNullException.ThrowIfNull(money);
        return JsonSerializer.Serialize(
            new Kept(
                Pairs(money.Cash),
                money.FixedCharges.ToDictionary(c => c.Account, c => Pairs(c.Days)),
                Pairs(money.Purchases),
                [.. money.ActiveDays.Select(d => d.DayNumber)]
            ),
            JsonSerializerOptions.Web
        );
    }

    private static long[][] Pairs(IReadOnlyList<DayAmount> days) => [.. days.Select(d => new[] { d.Day.DayNumber, d.Cents })];

    // A day and its cents in two numbers: three years of books are some thousands of them.
    private sealed record Kept(long[][] Cash, Dictionary<string, long[][]> Charges, long[][] Purchases, int[] Active)
    {
        public LedgerMoney Money() =>
            new(
                Days(Cash),
                [
                    .. Charges
                        .OrderBy(c => c.Key, StringComparer.Ordinal)
                        .Select(c => new ChargeAccount(c.Key, Days(c.Value))),
                ],
                Days(Purchases),
                [.. Active.Select(DateOnly.FromDayNumber)]
            );

        private static DayAmount[] Days(long[][] pairs) =>
            [.. pairs.Select(p => new DayAmount(DateOnly.FromDayNumber((int)p[0]), p[1]))];
    }
}
