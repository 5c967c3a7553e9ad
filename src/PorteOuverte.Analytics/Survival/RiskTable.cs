using System.Buffers;

namespace PorteOuverte.Analytics;

/// <summary>Ended and running durations counted at each distinct ending time.</summary>
internal sealed class RiskTable
{
    private RiskTable(double[] times, int[] atRisk, int[] endings, int count) =>
        (Times, AtRisk, Endings, Count) = (times, atRisk, endings, count);

    public double[] Times { get; }
    public int[] AtRisk { get; }
    public int[] Endings { get; }
    public int Count { get; }

    public static RiskTable Of(ReadOnlySpan<double> times, ReadOnlySpan<bool> ended)
    {
        Guard.NotEmpty(times, nameof(times));
        Guard.SameLength(ended.Length, times.Length, nameof(ended));
        var keys = ArrayPool<ulong>.Shared.Rent(times.Length);
        try
        {
            // A time ≥ 0 leaves the sign bit free: shifted up, the flag sits below the mantissa and one sort does both.
            for (var i = 0; i < times.Length; i++)
            {
                Guard.NotNegative(times[i], nameof(times));
                keys[i] =
                    BitConverter.DoubleToUInt64Bits(times[i] + 0.0) << 1 | (ended[i] ? 1UL : 0UL);
            }
            RadixSort.Sort(keys, times.Length);
            return Of(keys.AsSpan(0, times.Length));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keys);
        }
    }

    private static RiskTable Of(ReadOnlySpan<ulong> keys)
    {
        var distinct = 0;
        for (var i = 0; i < keys.Length; i++)
            if ((keys[i] & 1) == 1 && (i == 0 || keys[i - 1] != keys[i]))
                distinct++;
        var (at, risk, endings) = (new double[distinct], new int[distinct], new int[distinct]);
        var place = 0;
        for (int start = 0, end; start < keys.Length; start = end)
        {
            var count = 0;
            for (end = start; end < keys.Length && keys[end] >> 1 == keys[start] >> 1; end++)
                count += (int)(keys[end] & 1);
            if (count == 0)
                continue;
            at[place] = BitConverter.UInt64BitsToDouble(keys[start] >> 1);
            risk[place] = keys.Length - start;
            endings[place++] = count;
        }
        return new(at, risk, endings, keys.Length);
    }

    /// <summary>Index of the last step at or before t, −1 before the first.</summary>
    public static int StepAt(double[] times, double t)
    {
        var found = Array.BinarySearch(times, t);
        return found >= 0 ? found : ~found - 1;
    }
}
