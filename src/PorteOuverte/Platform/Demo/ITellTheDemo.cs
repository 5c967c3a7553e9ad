namespace PorteOuverte.Platform.Demo;

/// <summary>A feature's part in the story of the demonstration. Whoever implements it takes part, by that alone: a folder that is deleted takes its part with it.</summary>
public interface ITellTheDemo
{
    /// <summary>What happens, in any order: the scenes of all features are played by their time, one after the other.</summary>
    IEnumerable<Scene> Tell(DemoStory story);
}

/// <summary>Something that somebody does in the story.</summary>
/// <param name="At">When, in UTC: the clock of the house says so while it is played.</param>
/// <param name="Play">Does it, with services of its own, in the workspace of the story.</param>
public sealed record Scene(DateTime At, Func<IServiceProvider, CancellationToken, Task> Play)
{
    /// <summary>The first name of who does it; null: the owner.</summary>
    public string? By { get; init; }
}
