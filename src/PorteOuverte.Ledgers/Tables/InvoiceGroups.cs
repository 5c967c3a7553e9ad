using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>Which rows make one invoice, and which columns repeat its totals: known once all rows have been seen.</summary>
/// <remarks>
/// Lines of one invoice bear one date. Where a number comes back under another (a contract's, or counted anew each
/// year), those are other invoices, unless a person says otherwise.
/// </remarks>
internal sealed class InvoiceGroups(SharedNumber choice)
{
    // From so many invoices, amounts that never differ within one are its total, even where no other number tells lines apart.
    private const int EnoughAlike = 3;

    private readonly Dictionary<ulong, Seen> groups = [];
    private readonly Dictionary<ulong, DateOnly> dates = [];
    private readonly bool[] isRepeated = new bool[Money.Count];

    // A million of them must fit: of amounts only as much is kept as tells two of them apart.
    private struct Seen
    {
        public int Rows;
        public int Left;
        public Marks First;
        public uint Others;
        public byte Varied;
        public byte Blank;
        public bool OthersVary;
    }

    [InlineArray(Money.Count)]
    private struct Marks
    {
        private int first;
    }

    /// <summary>What the rows of one invoice have in common.</summary>
    public ulong KeyOf(InvoiceRow row) =>
        choice == SharedNumber.Guess ? Named(row) ^ ByteTable.Mix((ulong)row.Date.DayNumber, 1) : Named(row);

    /// <summary>Rows that bear the number and client of an earlier row and another date.</summary>
    public int OtherDates { get; private set; }

    /// <summary>The first of them.</summary>
    public InvoiceRow? FirstOtherDate { get; private set; }

    private static ulong Named(InvoiceRow row) =>
        ByteTable.Hash(
            MemoryMarshal.AsBytes(row.Client.Key.AsSpan()),
            ByteTable.Hash(MemoryMarshal.AsBytes(row.Number.AsSpan()))
        );

    public void See(InvoiceRow row)
    {
        if (row.Number.Length == 0)
        {
            return;
        }
        if (choice == SharedNumber.Guess && !dates.TryAdd(Named(row), row.Date) && dates[Named(row)] != row.Date)
        {
            OtherDates++;
            FirstOtherDate ??= row;
        }
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, KeyOf(row), out var known);
        seen.Left = ++seen.Rows;
        var others = (uint)row.OtherNumbers;
        if (!known)
        {
            seen.Others = others;
        }
        seen.OthersVary |= seen.Others != others;
        for (var i = 0; i < Money.Count; i++)
        {
            var bit = (byte)(1 << i);
            if (row.Amounts[i] is not { } amount)
            {
                seen.Blank |= bit;
            }
            else if (!known)
            {
                seen.First[i] = amount.GetHashCode();
            }
            else if ((seen.Blank & bit) == 0 && seen.First[i] != amount.GetHashCode())
            {
                seen.Varied |= bit;
            }
        }
    }

    /// <summary>Decides, for each column, by all invoices of several rows.</summary>
    public void Decide()
    {
        for (var i = 0; i < Money.Count; i++)
        {
            var bit = 1 << i;
            int alike = 0,
                varied = 0,
                distinguished = 0;
            foreach (var seen in groups.Values)
            {
                if (seen.Rows > 1 && (seen.Blank & bit) == 0)
                {
                    var varies = (seen.Varied & bit) != 0;
                    varied += varies ? 1 : 0;
                    alike += varies ? 0 : 1;
                    distinguished += !varies && (seen.OthersVary || seen.Varied != 0) ? 1 : 0;
                }
            }
            isRepeated[i] = choice switch
            {
                SharedNumber.TotalRepeated => alike > 0,
                SharedNumber.AmountsAdded => false,
                _ => alike > varied && (distinguished > 0 || (varied == 0 && alike >= EnoughAlike)),
            };
        }
    }

    /// <summary>True where a column repeats the total of an invoice of several rows.</summary>
    public bool IsRepeated(int amount) => isRepeated[amount];

    /// <summary>How many rows the invoice of this row has, and whether this is the last.</summary>
    public int RowsOf(InvoiceRow row, out bool isLast)
    {
        isLast = true;
        if (row.Number.Length == 0)
        {
            return 1;
        }
        ref var seen = ref CollectionsMarshal.GetValueRefOrNullRef(groups, KeyOf(row));
        isLast = --seen.Left == 0;
        return seen.Rows;
    }
}
