namespace PorteOuverte.Analytics;

/// <summary>A self-exciting process fitted to loss times: λ(t) = μ + Σ_{tᵢ&lt;t} η β e^{−β(t−tᵢ)}.</summary>
/// <param name="Background">μ, losses a day that nothing triggered.</param>
/// <param name="Branching">η, losses triggered per loss; 0 when no excitation was found.</param>
/// <param name="Decay">β, by day: the excitation fades with mean time 1/β.</param>
/// <param name="LogLikelihood">Σ ln λ(tᵢ) − ∫λ.</param>
/// <param name="PoissonLogLikelihood">The same for a constant rate n/T.</param>
/// <param name="Converged">
/// Whether a maximum was reached; with <paramref name="Branching"/> = 0 it is the edge of the model, the Poisson process.
/// </param>
/// <param name="StandardErrors">Of μ, η, β; +∞ where the likelihood does not tell.</param>
public sealed record HawkesFit(
    double Background,
    double Branching,
    double Decay,
    double LogLikelihood,
    double PoissonLogLikelihood,
    bool Converged,
    double[] StandardErrors
);

public static partial class Losses
{
    private static readonly double[] StartingDecays = [0.02, 0.1, 0.5];

    /// <summary>Fits a Hawkes process with an exponential kernel by maximum likelihood.</summary>
    /// <param name="times">Times of the losses in days, ascending, within [0, horizon]; at least two.</param>
    /// <param name="horizon">T in days.</param>
    /// <remarks>
    /// Recursive likelihood of T. Ozaki, Annals of the Institute of Statistical Mathematics 31 (1979); A. G. Hawkes,
    /// Biometrika 58 (1971). Meant for larger portfolios: a dozen losses tell little about three parameters.
    /// </remarks>
    /// <exception cref="ArgumentException">Fewer than two losses, or times not ascending within the horizon.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative or the horizon not positive.</exception>
    public static HawkesFit Hawkes(ReadOnlySpan<double> times, double horizon)
    {
        Guard.Positive(horizon);
        if (times.Length < 2)
            throw new ArgumentException("A process needs at least two losses.", nameof(times));
        var t = times.ToArray();
        for (var i = 0; i < t.Length; i++)
        {
            Guard.NotNegative(t[i], nameof(times));
            if (t[i] > horizon || i > 0 && t[i] < t[i - 1])
                throw new ArgumentException(
                    "Times ascend and lie within the horizon.",
                    nameof(times)
                );
        }

        var rate = t.Length / horizon;
        var poisson = t.Length * Math.Log(rate) - t.Length;
        Maximum? best = null;
        foreach (var decay in StartingDecays)
        {
            var maximiser = new Maximiser((p, g) => HawkesLogLikelihood(t, horizon, p, g), 25);
            // The decay starts in units of the mean gap, so that days or years make no difference.
            var found = maximiser.From([
                Math.Log(rate * 0.6),
                Math.Log(0.4),
                Math.Log(decay * 25 * rate),
            ]);
            if (
                best is null
                || found.Converged && !best.Converged
                || found.Converged == best.Converged && found.Value > best.Value
            )
                best = found;
        }
        // Excitation that gains nothing over a constant rate is none.
        if (best is null || !(best.Value > poisson + 1e-7))
            return new(
                rate,
                0,
                rate,
                poisson,
                poisson,
                true,
                [Math.Sqrt(rate / horizon), double.PositiveInfinity, double.PositiveInfinity]
            );
        var errors = new double[3];
        for (var i = 0; i < 3; i++)
            errors[i] = best.Covariance is { } c
                ? Math.Sqrt(c[i * 3 + i]) * Math.Exp(best.Point[i])
                : double.PositiveInfinity;
        return new(
            Math.Exp(best.Point[0]),
            Math.Exp(best.Point[1]),
            Math.Exp(best.Point[2]),
            best.Value,
            poisson,
            best.Converged,
            errors
        );
    }

    private static double HawkesLogLikelihood(
        double[] times,
        double horizon,
        ReadOnlySpan<double> logs,
        Span<double> gradient
    )
    {
        double mu = Math.Exp(logs[0]),
            eta = Math.Exp(logs[1]),
            beta = Math.Exp(logs[2]);
        // a = Σ e^{−β(t−tⱼ)} and d = Σ (t−tⱼ) e^{−β(t−tⱼ)} over the earlier losses, carried from loss to loss.
        double a = 0,
            d = 0,
            log = -mu * horizon,
            toMu = -horizon,
            toEta = 0,
            toBeta = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (i > 0)
            {
                var gap = times[i] - times[i - 1];
                var fade = Math.Exp(-beta * gap);
                d = fade * (d + gap * (1 + a));
                a = fade * (1 + a);
            }
            var intensity = mu + eta * beta * a;
            log += Math.Log(intensity);
            toMu += 1 / intensity;
            toEta += beta * a / intensity;
            toBeta += eta * (a - beta * d) / intensity;
            var left = horizon - times[i];
            log += eta * Functions.ExpMinusOne(-beta * left);
            toEta += Functions.ExpMinusOne(-beta * left);
            toBeta -= eta * left * Math.Exp(-beta * left);
        }
        (gradient[0], gradient[1], gradient[2]) = (toMu * mu, toEta * eta, toBeta * beta);
        return log;
    }
}
