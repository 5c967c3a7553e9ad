using System.Buffers;

namespace PorteOuverte.Analytics;

/// <summary>
/// Ascending order of many 64-bit keys in linear time: a comparison sort of 100 000 durations alone would cost more
/// than the Kaplan–Meier curve that needs it.
/// </summary>
internal static class RadixSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int Passes = 6;
    private const int SmallestRadix = 1024;

    /// <summary>A key that orders finite numbers of either sign as the numbers themselves.</summary>
    public static ulong Key(double value)
    {
        // Adding zero turns −0 into +0, so that both sort as equal.
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return bits < 0 ? ~(ulong)bits : (ulong)bits | 0x8000_0000_0000_0000UL;
    }

    /// <summary>Sorts the first keys ascending, and carries items along where there are some.</summary>
    /// <param name="keys">May be longer than <paramref name="count"/>, as rented arrays are.</param>
    /// <param name="count">How many keys there are.</param>
    /// <param name="items">As many items, or null.</param>
    public static void Sort(ulong[] keys, int count, int[]? items = null)
    {
        if (count < SmallestRadix)
        {
            Array.Sort(keys, items, 0, count);
            return;
        }
        var otherKeys = ArrayPool<ulong>.Shared.Rent(count);
        var otherItems = items is null ? null : ArrayPool<int>.Shared.Rent(count);
        var (from, to, fromItems, toItems) = (keys, otherKeys, items, otherItems);
        // All six histograms in one reading of the keys.
        Span<int> places = stackalloc int[Passes * Buckets];
        places.Clear();
        foreach (var key in keys.AsSpan(0, count))
            for (var pass = 0; pass < Passes; pass++)
                places[pass * Buckets + ((int)(key >> (pass * Bits)) & (Buckets - 1))]++;
        for (var pass = 0; pass < Passes; pass++)
        {
            var place = places.Slice(pass * Buckets, Buckets);
            var shift = pass * Bits;
            // All keys in one bucket: nothing to move.
            if (place[(int)(from[0] >> shift) & (Buckets - 1)] == count)
                continue;
            var sum = 0;
            for (var bucket = 0; bucket < Buckets; bucket++)
                (place[bucket], sum) = (sum, sum + place[bucket]);
            if (fromItems is null)
                foreach (var key in from.AsSpan(0, count))
                    to[place[(int)(key >> shift) & (Buckets - 1)]++] = key;
            else
                for (var i = 0; i < count; i++)
                {
                    var at = place[(int)(from[i] >> shift) & (Buckets - 1)]++;
                    to[at] = from[i];
                    toItems![at] = fromItems[i];
                }
            (from, to, fromItems, toItems) = (to, from, toItems, fromItems);
        }
        if (from != keys)
        {
            Array.Copy(from, keys, count);
            if (items is not null)
                Array.Copy(fromItems!, items, count);
        }
        ArrayPool<ulong>.Shared.Return(otherKeys);
        if (otherItems is not null)
            ArrayPool<int>.Shared.Return(otherItems);
    }
}
