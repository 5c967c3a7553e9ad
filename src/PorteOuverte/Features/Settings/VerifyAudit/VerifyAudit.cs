using System.Data.Common;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Settings.VerifyAudit;

/// <param name="Workspace">Only this one; null: every workspace, and the House.</param>
/// <param name="Head">A head noted earlier: it must still be in the chain.</param>
public sealed record VerifyAudit(Id<Workspace>? Workspace, NotedHead? Head);

/// <summary>Checks the chains from their first lines to their last and says, one sentence each, what was done to them.</summary>
/// <param name="texts">The texts of <see cref="VerifyAuditText"/>.</param>
/// <param name="auditTexts">The texts of <see cref="AuditText"/>.</param>
public sealed class VerifyAuditHandler(Database database, Texts texts, Texts auditTexts, TextWriter output)
{
    /// <returns>Whether all is intact.</returns>
    public async Task<bool> Handle(VerifyAudit command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (database.IsSqlite && !File.Exists(database.File))
        {
            throw new Refusal(texts.Format("noData", database.Folder));
        }
        try
        {
            await using var reading = await ChainReading.Open(database, cancellation);
            return await Verify(reading, command, cancellation);
        }
        catch (DbException e)
        {
            throw new Refusal(texts.Format("cannotRead", e.Message));
        }
    }

    private async Task<bool> Verify(ChainReading reading, VerifyAudit command, CancellationToken cancellation)
    {
        var notes = HeadNotes.Of(database);
        var findings = 0L;
        var contradicted = false;
        var chains = command.Workspace is { } one
            ? [one]
            : (await reading.Chains(cancellation)).Union(notes.Workspaces).ToList();
        foreach (var chain in chains)
        {
            var before = findings;
            NotedHead?[] noted = [notes[chain], command.Workspace is null ? null : command.Head];
            var end = await reading.Check(
                chain,
                [.. noted.OfType<NotedHead>()],
                finding =>
                {
                    findings++;
                    contradicted |= finding.Flaw is Flaw.Truncated or Flaw.Rewritten && notes[chain] is not null;
                    Say("finding", Name(chain), AuditText.Sentence(auditTexts, finding));
                },
                cancellation
            );
            if (findings == before && end.Number > 0)
            {
                Say("intact", Name(chain), texts.Count("lines", end.Number), end.ToString());
                notes[chain] = end;
            }
        }
        if (command is { Head: { } head, Workspace: null } && !await IsAnywhere(reading, chains, head, cancellation))
        {
            findings++;
            Say("headNowhere", head.ToString());
        }
        await notes.Save(cancellation);
        if (findings == 0)
        {
            Say("allIntact");
        }
        else
        {
            await output.WriteLineAsync(texts.Count("found", findings));
            if (contradicted)
            {
                Say("restored", notes.File);
            }
        }
        return findings == 0;
    }

    private static async Task<bool> IsAnywhere(
        ChainReading reading,
        IReadOnlyList<Id<Workspace>> chains,
        NotedHead head,
        CancellationToken cancellation
    )
    {
        foreach (var chain in chains)
        {
            if (await reading.Has(chain, head, cancellation))
            {
                return true;
            }
        }
        return false;
    }

    private string Name(Id<Workspace> chain) =>
        chain == Workspace.House ? texts["house"] : texts.Format("workspace", chain);

    private void Say(string key, params object?[] values) => output.WriteLine(texts.Format(key, values));
}
