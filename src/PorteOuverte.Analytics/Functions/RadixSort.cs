namespace PorteOuverte.Analytics;

/// <summary>
/// Ascending order of many 64-bit keys in linear time: a comparison sort of 100 000 durations alone would cost more
/// than the Kaplan–Meier curve that needs it.
/// </summary>
internal static class RadixSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int SmallestRadix = 1024;

    /// <summary>A key that orders finite numbers of either sign as the numbers themselves.</summary>
    public static ulong Key(double value)
    {
        // Adding zero turns −0 into +0, so that both sort as equal.
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return bits < 0 ? ~(ulong)bits : (ulong)bits | 0x8000_0000_0000_0000UL;
    }

    /// <summary>Sorts keys ascending and carries the items along; stable.</summary>
    public static void Sort(ulong[] keys, int[] items)
    {
        if (keys.Length < SmallestRadix)
        {
            Array.Sort(keys, items);
            return;
        }
        var otherKeys = new ulong[keys.Length];
        var otherItems = new int[items.Length];
        var (from, fromItems, to, toItems) = (keys, items, otherKeys, otherItems);
        Span<int> start = stackalloc int[Buckets];
        for (var shift = 0; shift < 64; shift += Bits)
        {
            if (!Count(from, shift, start))
                continue;
            for (var i = 0; i < from.Length; i++)
            {
                var place = start[(int)(from[i] >> shift) & (Buckets - 1)]++;
                to[place] = from[i];
                toItems[place] = fromItems[i];
            }
            (from, fromItems, to, toItems) = (to, toItems, from, fromItems);
        }
        if (from != keys)
        {
            from.CopyTo(keys, 0);
            fromItems.CopyTo(items, 0);
        }
    }

    /// <summary>Sorts keys ascending.</summary>
    public static void Sort(ulong[] keys)
    {
        if (keys.Length < SmallestRadix)
        {
            Array.Sort(keys);
            return;
        }
        var (from, to) = (keys, new ulong[keys.Length]);
        Span<int> start = stackalloc int[Buckets];
        for (var shift = 0; shift < 64; shift += Bits)
        {
            if (!Count(from, shift, start))
                continue;
            foreach (var key in from)
                to[start[(int)(key >> shift) & (Buckets - 1)]++] = key;
            (from, to) = (to, from);
        }
        if (from != keys)
            from.CopyTo(keys, 0);
    }

    /// <summary>First place of each bucket; false when all keys share one, so that the pass can be skipped.</summary>
    private static bool Count(ulong[] keys, int shift, Span<int> start)
    {
        start.Clear();
        foreach (var key in keys)
            start[(int)(key >> shift) & (Buckets - 1)]++;
        if (start[(int)(keys[0] >> shift) & (Buckets - 1)] == keys.Length)
            return false;
        var sum = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
            (start[bucket], sum) = (sum, sum + start[bucket]);
        return true;
    }
}
