using System.Runtime.Intrinsics;

namespace PorteOuverte.Analytics;

/// <summary>
/// The likelihood shared by BG/NBD, MBG/NBD and MBG/CNBD-k with its gradient in ln r, ln α, ln a, ln b. What depends
/// on x alone is summed over the few distinct x; the rest is one logarithm pair and one exponential per row, in vectors.
/// </summary>
/// <param name="sample">The rows.</param>
/// <param name="k">Erlang-k gaps.</param>
/// <param name="leavesAtOnce">Whether a client may leave after the first purchase (MBG).</param>
internal sealed class BetaGeometricLikelihood(PurchaseSample sample, int k, bool leavesAtOnce)
{
    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        double r = Math.Exp(logs[0]),
            alpha = Math.Exp(logs[1]),
            a = Math.Exp(logs[2]),
            b = Math.Exp(logs[3]);
        gradient.Clear();
        var (value, toR, toA, toB) = (0.0, 0.0, 0.0, 0.0);
        var extra = leavesAtOnce ? 1 : 0;
        for (var i = 0; i < sample.DistinctRepeats.Length; i++)
        {
            double x = sample.DistinctRepeats[i],
                weight = sample.RepeatWeights[i],
                n = x + extra;
            value += weight * (Functions.LogStay(a, b, n) + Functions.LogRising(r, k * x));
            var both = Functions.DigammaRise(a + b, n);
            toR += weight * Functions.DigammaRise(r, k * x);
            toA -= weight * both;
            toB += weight * (Functions.DigammaRise(b, n) - both);
        }
        value +=
            sample.Clients * r * logs[1]
            + (k - 1) * sample.LogGaps
            - sample.TotalRepeats * Functions.LogRising(1, k - 1);
        toR += sample.Clients * logs[1];
        gradient[0] = toR;
        gradient[1] = sample.Clients * r / alpha;
        gradient[2] = toA;
        gradient[3] = toB;
        value += Chunks.Sum(
            sample.Age.Length,
            Vector256<double>.Count,
            (from, to, g) =>
                k == 1
                    ? Rows(from, to, g, r, alpha, a, b)
                    : RegularRows(from, to, g, r, alpha, a, b),
            gradient
        );
        gradient[0] *= r;
        gradient[1] *= alpha;
        gradient[2] *= a;
        gradient[3] *= b;
        return value;
    }

    /// <summary>−(r+x) ln(α+T) + E + ln(e^−E + c), E = (r+x) ln((α+T)/(α+t_x)), c = a/(b+x−1) or a/(b+x).</summary>
    private double Rows(
        int from,
        int to,
        Span<double> gradient,
        double r,
        double alpha,
        double a,
        double b
    )
    {
        Vector256<double> value = default,
            toR = default,
            toAlpha = default,
            toA = default,
            toB = default;
        var (vr, vAlpha, va) = (Vector256.Create(r), Vector256.Create(alpha), Vector256.Create(a));
        var one = Vector256<double>.One;
        var vb = Vector256.Create(b);
        for (var i = from; i < to; i += Vector256<double>.Count)
        {
            var (x, weight) = (
                Vector256.LoadUnsafe(ref sample.Repeats[0], (nuint)i),
                Vector256.LoadUnsafe(ref sample.Weights[0], (nuint)i)
            );
            var (end, last) = (
                vAlpha + Vector256.LoadUnsafe(ref sample.Age[0], (nuint)i),
                vAlpha + Vector256.LoadUnsafe(ref sample.Last[0], (nuint)i)
            );
            // BG: a client without repeats cannot have left; the mask makes c zero there and b + x − 1 harmless.
            var leaves = leavesAtOnce ? one : Vector256.Min(x, one);
            var bx = vb + (leavesAtOnce ? x : Vector256.Max(x, one) - one);
            var c = leaves * va / bx;
            var count = vr + x;
            var (logEnd, logLast) = (Vectors.Log(end), Vectors.Log(last));
            var silence = logEnd - logLast;
            var fade = Vectors.Exp(-count * silence);
            var bracket = fade + c;
            var gone = c / bracket;
            // ln(e^−E + c) + E − (r+x) ln(α+T) = ln(e^−E + c) − (r+x) ln(α+t_x); without leaving it is plain.
            value +=
                weight
                * Vector256.ConditionalSelect(
                    Vector256.GreaterThan(leaves, Vector256<double>.Zero),
                    Vectors.Log(bracket) - count * logLast,
                    -count * logEnd
                );
            toR += weight * (gone * silence - logEnd);
            toAlpha += weight * count * ((gone - one) / end - gone / last);
            toA += weight * gone;
            toB += weight * gone / bx;
        }
        gradient[0] += Vector256.Sum(toR);
        gradient[1] += Vector256.Sum(toAlpha);
        gradient[2] += Vector256.Sum(toA) / a;
        gradient[3] -= Vector256.Sum(toB);
        return Vector256.Sum(value);
    }

    /// <summary>The same with the ticks of the silence: ln(S·e^−E + c), S = Σ_{j&lt;k} (r+kx)ⱼ/j! uʲ.</summary>
    private double RegularRows(
        int from,
        int to,
        Span<double> gradient,
        double r,
        double alpha,
        double a,
        double b
    )
    {
        Vector256<double> value = default,
            toR = default,
            toAlpha = default,
            toA = default,
            toB = default;
        var (vAlpha, vb) = (Vector256.Create(alpha), Vector256.Create(b));
        for (var i = from; i < to; i += Vector256<double>.Count)
        {
            var (x, weight) = (
                Vector256.LoadUnsafe(ref sample.Repeats[0], (nuint)i),
                Vector256.LoadUnsafe(ref sample.Weights[0], (nuint)i)
            );
            var (end, last) = (
                vAlpha + Vector256.LoadUnsafe(ref sample.Age[0], (nuint)i),
                vAlpha + Vector256.LoadUnsafe(ref sample.Last[0], (nuint)i)
            );
            var bx = vb + x;
            var c = Vector256.Create(a) / bx;
            var count = Vector256.Create(r) + k * x;
            var (logEnd, logLast) = (Vectors.Log(end), Vectors.Log(last));
            var silence = logEnd - logLast;
            var fade = Vectors.Exp(-count * silence);
            var u = (end - last) / end;
            // S with its derivatives by the count (harmonic sums) and by ln u (factor j).
            Vector256<double> term = Vector256<double>.One,
                ticks = term,
                byCount = default,
                byLogU = default,
                harmonic = default;
            for (var j = 1; j < k; j++)
            {
                var before = count + Vector256.Create(j - 1.0);
                term *= before * u / Vector256.Create((double)j);
                harmonic += Vector256<double>.One / before;
                ticks += term;
                byCount += term * harmonic;
                byLogU += term * Vector256.Create((double)j);
            }
            var bracket = ticks * fade + c;
            var gone = c / bracket;
            var alive = fade / bracket;
            value += weight * (Vectors.Log(bracket) - count * logLast);
            toR += weight * (gone * silence - logEnd + alive * byCount);
            // ∂ ln u/∂α = −1/(α+T).
            toAlpha +=
                weight
                * (
                    count * ((gone - Vector256<double>.One) / end - gone / last)
                    - alive * byLogU / end
                );
            toA += weight * gone;
            toB += weight * gone / bx;
        }
        gradient[0] += Vector256.Sum(toR);
        gradient[1] += Vector256.Sum(toAlpha);
        gradient[2] += Vector256.Sum(toA) / a;
        gradient[3] -= Vector256.Sum(toB);
        return Vector256.Sum(value);
    }
}
