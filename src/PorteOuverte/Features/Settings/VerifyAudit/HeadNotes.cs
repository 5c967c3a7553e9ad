using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Settings.VerifyAudit;

/// <summary>The heads found intact, noted in a file outside the database: whoever cuts off the end of a chain and makes its head fit, contradicts them.</summary>
internal sealed class HeadNotes
{
    private readonly SortedDictionary<string, NotedHead> heads = new(StringComparer.Ordinal);

    private HeadNotes(string file) => File = file;

    public string File { get; }

    public IEnumerable<Id<Workspace>> Workspaces => heads.Keys.Select(k => Id<Workspace>.Parse(k, null));

    public NotedHead? this[Id<Workspace> workspace]
    {
        get => heads.GetValueOrDefault(workspace.ToString());
        set => heads[workspace.ToString()] = value!;
    }

    public static HeadNotes Of(Database database)
    {
        var notes = new HeadNotes(Path.Combine(database.Folder, "audit-heads.txt"));
        foreach (var line in System.IO.File.Exists(notes.File) ? System.IO.File.ReadLines(notes.File) : [])
        {
            var parts = line.Split(' ');
            if (
                parts.Length == 2
                && Id<Workspace>.TryParse(parts[0], null, out var workspace)
                && NotedHead.TryParse(parts[1], out var head)
            )
            {
                notes[workspace] = head;
            }
        }
        return notes;
    }

    /// <summary>After a restoration the notes speak of lines that are gone: they are kept beside, as proofs of what was, and contradict nobody.</summary>
    /// <returns>Where they are kept; null when there were none.</returns>
    public static string? PutAside(Database database)
    {
        var file = Of(database).File;
        if (!System.IO.File.Exists(file))
        {
            return null;
        }
        var kept = Path.ChangeExtension(file, ".before-restore.txt");
        // After those of earlier restorations.
        System.IO.File.AppendAllLines(kept, System.IO.File.ReadLines(file));
        System.IO.File.Delete(file);
        return kept;
    }

    public async Task Save(CancellationToken cancellation)
    {
        // Written beside and moved: a note is there whole or as it was.
        var beside = File + ".new";
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllLinesAsync(beside, heads.Select(h => $"{h.Key} {h.Value}"), cancellation);
        System.IO.File.Move(beside, File, overwrite: true);
    }
}
