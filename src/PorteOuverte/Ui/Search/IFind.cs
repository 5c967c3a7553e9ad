using PorteOuverte.Platform.Security;

namespace PorteOuverte.Ui.Search;

/// <summary>Something a feature lets people find by its name, on the page of the search and with Ctrl+K. Registered by the feature's door.</summary>
public interface IFind
{
    /// <summary>The heading above what was found: Clients, Members.</summary>
    string Title { get; }

    /// <summary>Who may find it.</summary>
    Role Least { get; }

    /// <param name="words">What was typed, never empty.</param>
    /// <param name="most">How many are shown.</param>
    Task<IReadOnlyList<Found>> Find(string words, int most, CancellationToken cancellation);
}

/// <param name="Address">Below the workspace's own, or from a slash.</param>
/// <param name="Hint">What tells it from others of the same name.</param>
public sealed record Found(string Text, string Address, string Icon, string? Hint = null);
