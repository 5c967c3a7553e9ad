namespace PorteOuverte.Analytics;

/// <summary>How endings at the same time enter the partial likelihood.</summary>
public enum Ties
{
    /// <summary>Efron's average over the orders (close to exact).</summary>
    Efron,

    /// <summary>Breslow's: everyone tied is at risk for each.</summary>
    Breslow,
}

/// <summary>A fitted Cox model.</summary>
/// <param name="Coefficients">β, one per covariate: e^β multiplies the hazard for one unit more.</param>
/// <param name="StandardErrors">Square roots of the inverse information; +∞ where it cannot be inverted.</param>
/// <param name="LogLikelihood">Partial log-likelihood at β.</param>
/// <param name="NullLogLikelihood">Partial log-likelihood at 0.</param>
/// <param name="Converged">Whether Newton's method reached the maximum; false for separated or dependent covariates.</param>
/// <param name="Iterations">Newton steps taken.</param>
/// <param name="Concordance">Harrell's concordance of xβ.</param>
public sealed record CoxFit(
    double[] Coefficients,
    double[] StandardErrors,
    double LogLikelihood,
    double NullLogLikelihood,
    bool Converged,
    int Iterations,
    double Concordance
)
{
    /// <summary>Likelihood ratio statistic 2(LL − LL₀), χ² with p degrees of freedom under no effect.</summary>
    public double LikelihoodRatio => Math.Max(0, 2 * (LogLikelihood - NullLogLikelihood));

    /// <summary>P-value of <see cref="LikelihoodRatio"/>.</summary>
    public double PValue => Survival.ChiSquareTail(LikelihoodRatio, Coefficients.Length);
}
