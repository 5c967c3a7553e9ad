namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>An element that a syntax gives a meaning, and the elements in it: what tells the reader which path is which term.</summary>
internal sealed class PathNode(string path)
{
    private readonly Dictionary<string, PathNode> children = new(StringComparer.Ordinal);

    public string Path { get; } = path;

    /// <summary>What the element's text is, or null.</summary>
    public Term? Term { get; private set; }

    /// <summary>The group the element begins, or null.</summary>
    public TermGroup? Group { get; private set; }

    public PathNode? Child(string name) => children.GetValueOrDefault(name);

    /// <summary>Says what the text of an element is.</summary>
    /// <param name="relative">Local names from here, divided by <c>/</c>; where a name has variants, divided by <c>|</c>.</param>
    /// <param name="term">What its text is.</param>
    public PathNode Is(string relative, Term term) => Mark(relative, node => node.Term = term);

    /// <summary>Says that an element begins a group.</summary>
    /// <param name="relative">As in <see cref="Is"/>.</param>
    /// <param name="group">The group.</param>
    /// <param name="inside">Says what is what inside.</param>
    public PathNode Has(string relative, TermGroup group, Action<PathNode>? inside = null) =>
        Mark(
            relative,
            node =>
            {
                node.Group = group;
                inside?.Invoke(node);
            }
        );

    private PathNode Mark(string relative, Action<PathNode> mark)
    {
        var slash = relative.IndexOf('/', StringComparison.Ordinal);
        foreach (var name in (slash < 0 ? relative : relative[..slash]).Split('|'))
        {
            if (!children.TryGetValue(name, out var child))
            {
                children.Add(name, child = new PathNode($"{Path}/{name}"));
            }
            if (slash < 0)
            {
                mark(child);
            }
            else
            {
                child.Mark(relative[(slash + 1)..], mark);
            }
        }
        return this;
    }
}
