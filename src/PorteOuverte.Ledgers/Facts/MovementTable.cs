using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>All movements, by client. Their places are counted beforehand, so that each is written once, where it stays.</summary>
/// <remarks>
/// Within a client each part has places of its own: several threads write at once as long as each writes the lines of one
/// part. A line that turns out to be no movement leaves its place empty, with neither amount nor sales.
/// </remarks>
internal sealed class MovementTable
{
    private readonly int[][] next;

    public MovementTable(IReadOnlyList<Part> parts, Numbering numbering, int clients)
    {
        var counts = new int[clients, parts.Count];
        next = new int[parts.Count][];
        for (var p = 0; p < parts.Count; p++)
        {
            next[p] = new int[parts[p].ClientCodes.Count];
            for (var c = 0; c < next[p].Length; c++)
            {
                counts[numbering.Clients[p][c], p] += parts[p].Clients[c].Lines;
            }
        }
        ClientStarts = new int[clients + 1];
        var starts = new int[clients, parts.Count];
        var at = 0;
        for (var client = 0; client < clients; client++)
        {
            ClientStarts[client] = at;
            for (var p = 0; p < parts.Count; p++)
            {
                starts[client, p] = at;
                at += counts[client, p];
            }
        }
        ClientStarts[^1] = at;
        Rows = new MovementRow[at];
        for (var p = 0; p < parts.Count; p++)
        {
            for (var c = 0; c < next[p].Length; c++)
            {
                // Two codes of a part may be one client once decoded: the second goes on where the first ends.
                ref var start = ref starts[numbering.Clients[p][c], p];
                next[p][c] = start;
                start += parts[p].Clients[c].Lines;
            }
        }
    }

    public MovementRow[] Rows { get; }

    /// <summary>Where each client's begin; one more than there are clients.</summary>
    public int[] ClientStarts { get; }

    /// <summary>The next place of a client, by its number in a part.</summary>
    public ref MovementRow Next(int part, int client) => ref Rows[next[part][client]++];
}
