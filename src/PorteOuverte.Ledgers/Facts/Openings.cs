using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Takes out the opening lines that repeat an earlier file, after handing their lettering to the lines they repeat.</summary>
/// <remarks>
/// The file of a year is often exported before its last invoices are paid: they are lettered only in the next file, on
/// the opening line that brings them forward. Without this the payment would settle nothing.
/// </remarks>
/// <param name="movements">All movements, by client.</param>
/// <param name="clientStarts">Where each client's begin.</param>
/// <param name="days">Every day with an opening, in order.</param>
/// <param name="keptDays">Those of them that no earlier file explains.</param>
internal sealed class Openings(MovementRow[] movements, int[] clientStarts, int[] days, int[] keptDays)
{
    /// <summary>Tells each movement its accounting year.</summary>
    public void NumberYears()
    {
        for (var i = 0; i < movements.Length; i++)
        {
            ref var row = ref movements[i];
            byte year = 0;
            foreach (var day in days)
            {
                year += (byte)(day <= row.Date && year < MostYears ? 1 : 0);
            }
            row.Year = year;
        }
    }

    // The lettering packs the year in six bits; books of more than sixty years share the last.
    private const int MostYears = 63;

    public void CarryLettersBack(IReadOnlyList<Part> parts)
    {
        if (days.Length == keptDays.Length)
        {
            // No opening repeats anything.
            return;
        }
        for (var client = 0; client < clientStarts.Length - 1; client++)
        {
            for (var i = clientStarts[client]; i < clientStarts[client + 1]; i++)
            {
                ref var row = ref movements[i];
                if (row.Kind != MovementKind.Opening || Array.IndexOf(keptDays, row.Date) >= 0)
                {
                    continue;
                }
                if (row.Letter != 0 && Origin(row, client, parts) is var origin and >= 0)
                {
                    movements[origin].Letter = row.Letter;
                    movements[origin].Account = row.Account;
                    movements[origin].Year = row.Year;
                }
                row.Amount = 0;
                row.Letter = 0;
            }
        }
    }

    // The line an opening line repeats: same amount, not lettered, best with the same document or date.
    private int Origin(in MovementRow opening, int client, IReadOnlyList<Part> parts)
    {
        var best = -1;
        var bestScore = -1;
        for (var i = clientStarts[client]; i < clientStarts[client + 1]; i++)
        {
            ref readonly var row = ref movements[i];
            if (row.Amount != opening.Amount || row.Letter != 0 || row.Date >= opening.Date || row.Kind == MovementKind.Opening)
            {
                continue;
            }
            var score =
                Reference(row, parts).SequenceEqual(Reference(opening, parts)) ? 2
                : row.InvoiceDate == opening.PieceDate ? 1
                : 0;
            if (score > bestScore || (score == bestScore && row.Date < movements[best].Date))
            {
                (best, bestScore) = (i, score);
            }
        }
        return best;
    }

    public static ReadOnlySpan<byte> Reference(in MovementRow row, IReadOnlyList<Part> parts) =>
        parts[row.Part].References.Items.AsSpan(row.ReferenceAt, row.ReferenceLength);
}
