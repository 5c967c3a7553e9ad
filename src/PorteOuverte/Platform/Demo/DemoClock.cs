namespace PorteOuverte.Platform.Demo;

/// <summary>The clock while the story is told: it shows the time of the scene.</summary>
internal sealed class DemoClock : TimeProvider
{
    public DateTime Now { get; set; } = System.GetUtcNow().UtcDateTime;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
}
