namespace PorteOuverte.Kernel;

/// <summary>How much one client weighs: the four levels of every badge.</summary>
public enum Level
{
    Healthy,
    Watch,
    High,
    Danger,
}

/// <summary>The shares of twelve-month revenue at which a client's weight changes level.</summary>
/// <param name="Healthy">Below it a client weighs no more than it should.</param>
/// <param name="High">Between watching and danger.</param>
/// <param name="Danger">From here on the loss of one client threatens the business.</param>
public sealed record Thresholds(double Healthy, double High, double Danger)
{
    public static Thresholds Default { get; } = Between(0.10, 0.25);

    /// <summary>Thresholds of which only the ends are known: "high" begins two thirds of the way up, 20 % between 10 and 25.</summary>
    public static Thresholds Between(double healthy, double danger) =>
        new(healthy, healthy + ((danger - healthy) * 2 / 3), danger);

    /// <summary>Thresholds as people set them, in whole percents; null unless they rise and stand between 1 and 100.</summary>
    public static Thresholds? InPercent(int healthy, int high, int danger) =>
        healthy >= 1 && healthy < high && high < danger && danger <= 100
            ? new(healthy / 100.0, high / 100.0, danger / 100.0)
            : null;

    public Level Of(double share)
    {
        // Shares are quotients of cents: a client of exactly a quarter is at the line, whatever the last bit says.
        const double Tolerance = 1e-12;
        return share >= Danger - Tolerance ? Level.Danger
            : share >= High - Tolerance ? Level.High
            : share >= Healthy - Tolerance ? Level.Watch
            : Level.Healthy;
    }
}
