using System.Linq.Expressions;

namespace PorteOuverte.Ui.Tables;

/// <summary>A filter of a list: one of its choices, or all.</summary>
/// <param name="Choices">In the order they are shown; the value is what stands in the address.</param>
/// <param name="Usual">What is left while nobody chooses, and its name; null: all.</param>
public sealed record TableFilter<TRow>(
    string Key,
    string Title,
    IReadOnlyList<(string Value, string Text, Expression<Func<TRow, bool>> Holds)> Choices,
    (string Text, Expression<Func<TRow, bool>> Holds)? Usual = null
)
{
    internal Expression<Func<TRow, bool>>? Chosen(TableView view) =>
        view.Filters.TryGetValue(Key, out var value) ? Choices.First(c => c.Value == value).Holds : Usual?.Holds;
}
