namespace PorteOuverte.Features.Clients.Money;

/// <summary>The sums of the last months in few bytes, the oldest first; none where all of them are nothing.</summary>
public static class MonthSums
{
    public const int Months = 24;

    /// <summary>Where a day stands among the months up to another; outside of them where it is no index.</summary>
    public static int Place(DateOnly day, DateOnly last) =>
        Months - 1 - ((last.Year - day.Year) * 12) - last.Month + day.Month;

    public static byte[] Pack(long[] sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (Array.TrueForAll(sums, s => s == 0))
        {
            return [];
        }
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed);
        foreach (var sum in sums)
        {
            // The sign last, so that a small credit note takes no more room than a small sale.
            writer.Write7BitEncodedInt64((sum << 1) ^ (sum >> 63));
        }
        return packed.ToArray();
    }

    /// <param name="packed">The months up to a day.</param>
    /// <param name="of">That day.</param>
    /// <param name="sums">To these they are added.</param>
    /// <param name="last">And the day up to which these go.</param>
    public static void Add(byte[] packed, DateOnly of, long[] sums, DateOnly last)
    {
        ArgumentNullException.ThrowIfNull(packed);
        ArgumentNullException.ThrowIfNull(sums);
        if (packed.Length == 0)
        {
            return;
        }
        using var reader = new BinaryReader(new MemoryStream(packed));
        for (var place = Place(of, last) - Months + 1; place <= Place(of, last); place++)
        {
            var sum = reader.Read7BitEncodedInt64();
            if (place >= 0 && place < sums.Length)
            {
                sums[place] += (sum >>> 1) ^ -(sum & 1);
            }
        }
    }
}
