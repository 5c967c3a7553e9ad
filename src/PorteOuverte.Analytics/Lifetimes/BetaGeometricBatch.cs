using System.Numerics;
using System.Runtime.CompilerServices;

namespace PorteOuverte.Analytics;

/// <summary>P(alive) and CET of many clients under BG/NBD or MBG/NBD: vectors, all cores, nothing allocated per client.</summary>
internal sealed class BetaGeometricBatch(
    double r,
    double alpha,
    double a,
    double b,
    bool leavesAtOnce
)
{
    private const int RowsPerChunk = 16_384;
    private const int MostTerms = 4096;
    private const double Accuracy = 1e-14;
    private static readonly int Lanes = Vector<double>.Count;
    private static readonly double[] Inverses =
    [
        0,
        .. Enumerable.Range(1, MostTerms).Select(n => 1.0 / n),
    ];

    public void ProbabilityAlive(
        ReadOnlyMemory<double> x,
        ReadOnlyMemory<double> last,
        ReadOnlyMemory<double> age,
        Memory<double> result
    ) => Run(x, last, age, null, result);

    public void Expected(
        ReadOnlyMemory<double> x,
        ReadOnlyMemory<double> last,
        ReadOnlyMemory<double> age,
        double time,
        Memory<double> result
    ) => Run(x, last, age, time, result);

    /// <summary>P(alive), times the purchases expected in a time where one is given.</summary>
    private void Run(
        ReadOnlyMemory<double> x,
        ReadOnlyMemory<double> last,
        ReadOnlyMemory<double> age,
        double? time,
        Memory<double> result
    )
    {
        Guard.SameLength(last.Length, x.Length, nameof(last));
        Guard.SameLength(age.Length, x.Length, nameof(age));
        Guard.SameLength(result.Length, x.Length, nameof(result));
        var chunks = (x.Length + RowsPerChunk - 1) / RowsPerChunk;
        if (chunks <= 1)
            Part(0, x.Length);
        else
            Parallel.For(
                0,
                chunks,
                chunk => Part(chunk * RowsPerChunk, Math.Min(x.Length, (chunk + 1) * RowsPerChunk))
            );

        void Part(int from, int to) =>
            Rows(
                x.Span[from..to],
                last.Span[from..to],
                age.Span[from..to],
                time,
                result.Span[from..to]
            );
    }

    private void Rows(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> last,
        ReadOnlySpan<double> age,
        double? time,
        Span<double> result
    )
    {
        var i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
            Row(new(x[i..]), new(last[i..]), new Vector<double>(age[i..]), time)
                .CopyTo(result[i..]);
        if (i == x.Length)
            return;
        // The last few, padded with a client without repeats.
        Span<double> px = stackalloc double[Lanes],
            pl = stackalloc double[Lanes],
            pa = stackalloc double[Lanes];
        px.Clear();
        pl.Clear();
        pa.Fill(1);
        x[i..].CopyTo(px);
        last[i..].CopyTo(pl);
        age[i..].CopyTo(pa);
        var padded = Row(new(px), new(pl), new Vector<double>(pa), time);
        for (var j = 0; i + j < x.Length; j++)
            result[i + j] = padded[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> Row(
        Vector<double> x,
        Vector<double> last,
        Vector<double> age,
        double? time
    )
    {
        Check(x, last, age);
        var alive = Alive(x, last, age);
        return time switch
        {
            null => alive,
            0 => Vector<double>.Zero,
            { } t => alive * Expected(x, age, t),
        };
    }

    /// <summary>Refuses impossible rows: NaN fails every comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(Vector<double> x, Vector<double> last, Vector<double> age)
    {
        var zero = Vector<double>.Zero;
        // x > 0 exactly where t_x > 0.
        var alike = ~(Vector.GreaterThan(x, zero) ^ Vector.GreaterThan(last, zero));
        var fine =
            Vector.GreaterThanOrEqual(x, zero)
            & Vector.GreaterThanOrEqual(last, zero)
            & Vector.GreaterThan(age, zero)
            & Vector.LessThanOrEqual(last, age)
            & Vector.LessThan(age, new Vector<double>(double.PositiveInfinity))
            & alike;
        if (!Vector.EqualsAll(fine, Vector<long>.AllBitsSet))
            Refuse(x, last, age);
    }

    private static void Refuse(Vector<double> x, Vector<double> last, Vector<double> age)
    {
        for (var i = 0; i < Lanes; i++)
            new PurchaseSummary((int)Math.Clamp(x[i], -1, int.MaxValue), last[i], age[i]).Check(
                nameof(x)
            );
        throw new ArgumentException("A number of repeat purchases is not a number.", nameof(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> Alive(Vector<double> x, Vector<double> last, Vector<double> age)
    {
        var one = Vector<double>.One;
        var bx = leavesAtOnce
            ? new Vector<double>(b) + x
            : new Vector<double>(b) + (Vector.Max(x, one) - one);
        var leaves = leavesAtOnce ? one : Vector.Min(x, one);
        var silence = Vector.Log(
            (new Vector<double>(alpha) + age) / (new Vector<double>(alpha) + last)
        );
        // Capped where P(alive) is below 1e-304 anyway: 0·∞ would follow for clients without repeats.
        var growth = Vector.Exp(
            Vector.Min((new Vector<double>(r) + x) * silence, new Vector<double>(700.0))
        );
        return one / (one + leaves * new Vector<double>(a) / bx * growth);
    }

    /// <summary>The sum of <see cref="DropoutSum"/> in vectors; rows it cannot reach in time go there one by one.</summary>
    private Vector<double> Expected(Vector<double> x, Vector<double> age, double time)
    {
        var one = Vector<double>.One;
        var end = new Vector<double>(alpha) + age;
        var z = new Vector<double>(time) / (end + new Vector<double>(time));
        var c = new Vector<double>(r) + x;
        var exponent = c * Vector.Log(one - z);
        var stay = new Vector<double>(leavesAtOnce ? b + 1 : b) + x;
        if (Vector.LessThanAny(exponent, new Vector<double>(-600.0)))
            return OneByOne(x, age, time);
        var all = stay + new Vector<double>(a);
        var weight = Vector.Exp(exponent);
        Vector<double> survival = one,
            expected = default,
            sum = default;
        var count = c - one;
        for (var n = 1; n < MostTerms - 8; )
        {
            for (var stop = n + 8; n < stop; n++)
            {
                var step = new Vector<double>((double)n);
                weight *= z * ((c + (step - one)) * new Vector<double>(Inverses[n]));
                expected += survival;
                // (b+n−1)/(a+b+n−1), one division a term.
                survival *= (stay + (step - one)) / (all + (step - one));
                sum += weight * expected;
            }
            var ratio =
                z
                * (one + Vector.Max(count, Vector<double>.Zero) * new Vector<double>(Inverses[n]))
                * new Vector<double>(1 + Inverses[n]);
            if (
                Vector.LessThanAll(ratio, one)
                && Vector.LessThanOrEqualAll(
                    weight * expected * ratio,
                    new Vector<double>(Accuracy) * (one - ratio) * sum
                )
            )
                return sum;
        }
        return OneByOne(x, age, time);
    }

    private Vector<double> OneByOne(Vector<double> x, Vector<double> age, double time)
    {
        Span<double> values = stackalloc double[Lanes];
        for (var i = 0; i < Lanes; i++)
            values[i] = DropoutSum.Expected(
                r + x[i],
                alpha + age[i],
                a,
                (leavesAtOnce ? b + 1 : b) + x[i],
                time
            );
        return new(values);
    }
}
