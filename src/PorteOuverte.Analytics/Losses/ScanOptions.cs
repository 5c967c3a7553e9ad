namespace PorteOuverte.Analytics;

/// <summary>How a scan for recent clusters looks back.</summary>
public sealed record ScanOptions
{
    /// <summary>The windows in days that end now; a loss at distance d counts when d ≤ w.</summary>
    public IReadOnlyList<int> Windows { get; init; } = [30, 60, 90, 180];

    /// <summary>H: losses further back are left out, in days.</summary>
    public int Horizon { get; init; } = 730;

    /// <summary>Whether the latest loss is removed and time measured back from it (see the remarks of the scan).</summary>
    public bool RemoveTrigger { get; init; } = true;

    /// <summary>
    /// Clients held on each day, today first, where the portfolio changed: exposure is then counted in client-days.
    /// Must cover the horizon. Null means a constant portfolio.
    /// </summary>
    public IReadOnlyList<double>? ClientsByDay { get; init; }

    /// <summary>Most losses for which the p-value is summed exactly; beyond it is simulated.</summary>
    public int MostExact { get; init; } = 1_000;

    /// <summary>Simulated histories where the p-value is not exact.</summary>
    public int Runs { get; init; } = 99_999;

    /// <summary>Seed of the simulation.</summary>
    public int Seed { get; init; } = 1;
}
