namespace PorteOuverte.Analytics;

/// <summary>The Pareto/NBD likelihood with its gradient in ln r, ln α, ln s, ln β: one integral per row gives all five.</summary>
internal sealed class ParetoLikelihood(PurchaseSample sample)
{
    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        double r = Math.Exp(logs[0]),
            alpha = Math.Exp(logs[1]),
            s = Math.Exp(logs[2]),
            beta = Math.Exp(logs[3]);
        gradient.Clear();
        var (value, toR) = (0.0, 0.0);
        for (var i = 0; i < sample.DistinctRepeats.Length; i++)
        {
            double x = sample.DistinctRepeats[i],
                weight = sample.RepeatWeights[i];
            value += weight * Functions.LogRising(r, x);
            toR += weight * Functions.DigammaRise(r, x);
        }
        value += sample.Clients * (r * logs[1] + s * logs[3]);
        gradient[0] = toR + sample.Clients * logs[1];
        gradient[1] = sample.Clients * r / alpha;
        gradient[2] = sample.Clients * logs[3];
        gradient[3] = sample.Clients * s / beta;
        value += Chunks.Sum(
            sample.Rows,
            1,
            (from, to, g) => Rows(from, to, g, r, alpha, s, beta),
            gradient
        );
        gradient[0] *= r;
        gradient[1] *= alpha;
        gradient[2] *= s;
        gradient[3] *= beta;
        return value;
    }

    /// <summary>−(r+x) ln(α+T) − s ln(β+T) + ln(1 + s e^E J); J and its moments are scaled to be 1 at t_x.</summary>
    private double Rows(
        int from,
        int to,
        Span<double> gradient,
        double r,
        double alpha,
        double s,
        double beta
    )
    {
        double value = 0,
            toR = 0,
            toAlpha = 0,
            toS = 0,
            toBeta = 0;
        for (var i = from; i < to; i++)
        {
            double x = sample.Repeats[i],
                last = sample.Last[i],
                age = sample.Age[i],
                weight = sample.Weights[i];
            double c = r + x,
                endAlpha = alpha + age,
                endBeta = beta + age;
            double logAlpha = Math.Log(endAlpha),
                logBeta = Math.Log(endBeta);
            double silenceAlpha = logAlpha - Math.Log(alpha + last),
                silenceBeta = logBeta - Math.Log(beta + last);
            var exponent = c * silenceAlpha + s * silenceBeta;
            var j = DecayIntegral.Of(c, alpha, s, beta, last, age);
            var bracket = s * j.Value + Math.Exp(-exponent);
            var scale = s / bracket;
            value += weight * (Math.Log(bracket) + exponent - c * logAlpha - s * logBeta);
            // Logarithms were measured from t_x; the silence moves their origin to T.
            toR += weight * (scale * (silenceAlpha * j.Value - j.LogAlpha) - logAlpha);
            toS += weight * (scale * (silenceBeta * j.Value - j.LogBeta + j.Value / s) - logBeta);
            toAlpha += weight * c * (scale * (j.Value / endAlpha - j.InverseAlpha) - 1 / endAlpha);
            toBeta +=
                weight * (scale * (s * j.Value / endBeta - (s + 1) * j.InverseBeta) - s / endBeta);
        }
        gradient[0] += toR;
        gradient[1] += toAlpha;
        gradient[2] += toS;
        gradient[3] += toBeta;
        return value;
    }
}
