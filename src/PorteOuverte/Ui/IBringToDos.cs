using PorteOuverte.Kernel;

namespace PorteOuverte.Ui;

/// <summary>A feature with something that needs a person: it stands on the home page until it is done.</summary>
public interface IBringToDos
{
    /// <summary>What needs somebody, at the most <paramref name="most"/>, the most urgent first; with one question to the database.</summary>
    Task<IReadOnlyList<ToDo>> ToDos(int most, CancellationToken cancellation);
}

/// <summary>One thing to do, as the home page shows it.</summary>
/// <param name="Level">How urgent; <see cref="Level.Healthy"/>: when there is time.</param>
/// <param name="Text">What, in one line.</param>
/// <param name="More">Why, or by when.</param>
/// <param name="Address">Where it is done.</param>
/// <param name="Action">What the button there says.</param>
/// <param name="By">The last day on which it can be done; null: none.</param>
public sealed record ToDo(
    Level Level,
    string Text,
    string? More,
    string Address,
    string Action,
    DateOnly? By = null
)
{
    /// <summary>What comes first: a day that is near, then what has none, then a day that is far.</summary>
    public int Term =>
        By is null ? 1
        : Level >= Level.High ? 0
        : 2;
}
