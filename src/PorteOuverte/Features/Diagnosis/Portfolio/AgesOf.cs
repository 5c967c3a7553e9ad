namespace PorteOuverte.Features.Diagnosis.Portfolio;

/// <summary>What clients owe, by days past the day it was due.</summary>
internal static class AgesOf
{
    private static readonly (int? From, int? To)[] Bands = [(null, null), (1, 30), (31, 60), (61, 90), (91, null)];

    /// <summary>In which band something stands that was due on a day.</summary>
    public static int Band(DateOnly due, DateOnly asOf) =>
        (asOf.DayNumber - due.DayNumber) switch
        {
            <= 0 => 0,
            <= 30 => 1,
            <= 60 => 2,
            <= 90 => 3,
            _ => 4,
        };

    public static IReadOnlyList<AgeBand> Items(IEnumerable<(DateOnly Due, long Amount)> items, DateOnly asOf)
    {
        var amounts = new long[Bands.Length];
        var counts = new int[Bands.Length];
        foreach (var (due, amount) in items)
        {
            var band = Band(due, asOf);
            amounts[band] += amount;
            counts[band]++;
        }
        return [.. Bands.Select((b, i) => new AgeBand(b.From, b.To, amounts[i], counts[i]))];
    }
}
