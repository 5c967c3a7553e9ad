namespace PorteOuverte.Analytics;

/// <summary>A fitted Weibull accelerated failure time model, ln λ = β₀ + xβ.</summary>
/// <param name="Intercept">β₀.</param>
/// <param name="Coefficients">β, one per covariate: e^β multiplies durations for one unit more.</param>
/// <param name="Shape">ρ: above 1 the hazard rises with age.</param>
/// <param name="StandardErrors">Of β₀, β…, ln ρ, in this order; +∞ where the information cannot be inverted.</param>
/// <param name="LogLikelihood">Σ over ended ln f(t) + Σ over running ln S(t).</param>
/// <param name="Converged">Whether Newton's method reached the maximum.</param>
/// <param name="Iterations">Newton steps taken.</param>
public sealed record WeibullFit(
    double Intercept,
    double[] Coefficients,
    double Shape,
    double[] StandardErrors,
    double LogLikelihood,
    bool Converged,
    int Iterations
)
{
    /// <summary>λ, the time by which 63.2 % have ended, for given covariates.</summary>
    /// <param name="covariates">As many numbers as there are coefficients.</param>
    /// <exception cref="ArgumentException">Another number of covariates is given.</exception>
    public double Scale(params ReadOnlySpan<double> covariates)
    {
        Guard.SameLength(covariates.Length, Coefficients.Length, nameof(covariates));
        var log = Intercept;
        for (var c = 0; c < covariates.Length; c++)
            log += Coefficients[c] * covariates[c];
        return Math.Exp(log);
    }

    /// <summary>S(t) = exp(−(t/λ)^ρ).</summary>
    /// <param name="time">t ≥ 0.</param>
    /// <param name="covariates">As many numbers as there are coefficients.</param>
    /// <exception cref="ArgumentException">t is negative, or another number of covariates is given.</exception>
    public double At(double time, params ReadOnlySpan<double> covariates)
    {
        Guard.NotNegative(time);
        return Math.Exp(-Math.Pow(time / Scale(covariates), Shape));
    }
}
