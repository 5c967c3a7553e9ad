using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>The workspace that a request, a job or a command works in. One scope enters one workspace, once.</summary>
public sealed class CurrentWorkspace
{
    private Id<Workspace>? id;

    /// <summary>Null until entered: then no business row is seen.</summary>
    public Id<Workspace>? Id => id;

    public void Enter(Id<Workspace> workspace)
    {
        if (id is { } entered && entered != workspace)
        {
            throw new InvalidOperationException("This scope already works in another workspace: open a new scope.");
        }
        id = workspace;
    }
}
