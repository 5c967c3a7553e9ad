namespace PorteOuverte.Analytics;

/// <summary>A model fitted by maximum likelihood.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="Model">The fitted model.</param>
/// <param name="LogLikelihood">Log-likelihood of the sample.</param>
/// <param name="StandardErrors">
/// Of the parameters in the order of the papers, from the observed information; +∞ where the likelihood does not tell.
/// </param>
/// <param name="Converged">
/// Whether an interior maximum was reached. When false the parameters are the best seen, not an answer.
/// </param>
/// <param name="Clients">Clients in the sample.</param>
/// <param name="Evaluations">Evaluations of the whole sample's likelihood.</param>
public sealed record LifetimeFit<TModel>(
    TModel Model,
    double LogLikelihood,
    IReadOnlyList<double> StandardErrors,
    bool Converged,
    double Clients,
    int Evaluations
);
