using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Mail;

/// <summary>Rings when a mail was added to the outbox of a workspace: whoever delivers need not wait for the next round.</summary>
/// <remarks>It saves waiting and nothing else: a ring that nobody hears loses no mail, since what is due stands in the table.</remarks>
public sealed class MailBell
{
    private Action<Id<Workspace>> listeners = _ => { };

    /// <summary>The listener is told after the commit, on the thread that committed: it takes a note and returns.</summary>
    public void Listen(Action<Id<Workspace>> listener) => listeners += listener;

    internal void Ring(Id<Workspace> workspace) => listeners(workspace);
}

/// <summary>Rings after the commit, not before: who came at once would find nothing.</summary>
internal sealed class RingAfterCommit(MailBell bell, CurrentWorkspace workspace) : DbTransactionInterceptor
{
    private bool added;

    public void MailAdded() => added = true;

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (added && workspace.Id is { } entered)
        {
            added = false;
            bell.Ring(entered);
        }
        return Task.CompletedTask;
    }
}
