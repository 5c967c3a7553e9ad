namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Chance that a seed settles for ever: SplitMix64, and only arithmetic that every processor rounds alike.</summary>
internal sealed class Chance(int seed)
{
    private ulong state = (ulong)(uint)seed;

    public int Below(int count) => (int)(((Next() >> 33) * (ulong)count) >> 31);

    /// <summary>A whole number between two, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>A factor around one: 0.1 gives 0.9 to 1.1.</summary>
    public double Around(double spread) => 1 + (spread * ((2 * ((Next() >> 11) * (1.0 / (1UL << 53)))) - 1));

    public bool OneIn(int count) => Below(count) == 0;

    public T[] Shuffled<T>(ReadOnlySpan<T> items)
    {
        var shuffled = items.ToArray();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }
        return shuffled;
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
