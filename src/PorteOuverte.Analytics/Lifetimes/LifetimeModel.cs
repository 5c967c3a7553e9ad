namespace PorteOuverte.Analytics;

/// <summary>
/// A model of clients who buy at random times and leave without saying so. Times are in the unit of the summaries
/// that were fitted.
/// </summary>
public abstract record LifetimeModel
{
    /// <summary>The parameters in the order of the papers.</summary>
    public abstract IReadOnlyList<double> Parameters { get; }

    /// <summary>ln L(parameters | x, t_x, T) of one client, without the constants that no parameter touches.</summary>
    /// <param name="client">The client.</param>
    /// <exception cref="ArgumentException">No client can have these numbers.</exception>
    public abstract double LogLikelihood(PurchaseSummary client);

    /// <summary>P(alive at T | x, t_x, T), in [0, 1]. Do not rank clients by it: see <see cref="BgNbd"/>.</summary>
    /// <param name="client">The client.</param>
    /// <exception cref="ArgumentException">No client can have these numbers.</exception>
    public abstract double ProbabilityAlive(PurchaseSummary client);

    /// <summary>E[X(t)], repeat purchases of a new client within t of the first.</summary>
    /// <param name="time">t ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is negative or not finite.</exception>
    public abstract double ExpectedPurchases(double time);

    /// <summary>CET(t) = E[purchases in (T, T + t] | x, t_x, T].</summary>
    /// <param name="client">The client.</param>
    /// <param name="time">t ≥ 0.</param>
    /// <exception cref="ArgumentException">No client can have these numbers, or t is negative or not finite.</exception>
    public abstract double ConditionalExpectedPurchases(PurchaseSummary client, double time);

    /// <summary>P(X(t) = n), repeat purchases of a new client within t of the first.</summary>
    /// <param name="count">n ≥ 0.</param>
    /// <param name="time">t ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">n or t is negative, or t not finite.</exception>
    public abstract double Probability(int count, double time);

    /// <summary>P(at least one purchase in (T, T + t] | x, t_x, T): what "still a client" means in practice.</summary>
    /// <param name="client">The client.</param>
    /// <param name="time">t ≥ 0.</param>
    /// <exception cref="ArgumentException">No client can have these numbers, or t is negative or not finite.</exception>
    public abstract double ProbabilityOfAny(PurchaseSummary client, double time);

    /// <summary>
    /// Discounted expected residual transactions DERT = ∫₀^∞ e^{−δt} dCET(t) = δ ∫₀^∞ e^{−δt} CET(t) dt.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="discount">δ &gt; 0, continuous, per unit of time (ln(1 + annual rate)/52 for weeks).</param>
    /// <remarks>Source: P. S. Fader, B. G. S. Hardie and K. L. Lee, JMR 42 (2005), for Pareto/NBD.</remarks>
    /// <exception cref="ArgumentException">No client can have these numbers, or δ is not positive.</exception>
    public virtual double DiscountedResidualPurchases(PurchaseSummary client, double discount)
    {
        client.Check();
        Guard.Positive(discount);
        return Functions.HalfLine(u => ConditionalExpectedPurchases(client, u / discount));
    }

    /// <summary>
    /// Customer lifetime value over a horizon: value · Σᵢ [CET(i·period) − CET((i−1)·period)] / (1 + d)ⁱ.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="value">Margin of one purchase, as from the Gamma-Gamma model.</param>
    /// <param name="periods">Number of periods, ≥ 0.</param>
    /// <param name="period">Length of one, in the model's unit (4.345 weeks for a month).</param>
    /// <param name="discount">d ≥ 0 per period.</param>
    /// <exception cref="ArgumentException">A number lies outside its range.</exception>
    public double LifetimeValue(
        PurchaseSummary client,
        double value,
        int periods,
        double period,
        double discount
    )
    {
        client.Check();
        Guard.Finite(value);
        Guard.Positive(period);
        Guard.NotNegative(discount);
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        double sum = 0,
            before = 0,
            factor = 1;
        for (var i = 1; i <= periods; i++)
        {
            var now = ConditionalExpectedPurchases(client, i * period);
            factor /= 1 + discount;
            sum += (now - before) * factor;
            before = now;
        }
        return value * sum;
    }

    /// <summary>Draws clients from the model: their summaries after being observed for given times.</summary>
    /// <param name="ages">T of each client.</param>
    /// <param name="seed">Seed of the simulation.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not positive.</exception>
    public PurchaseSummary[] Simulate(ReadOnlySpan<double> ages, int seed)
    {
        var random = new Random(seed);
        var clients = new PurchaseSummary[ages.Length];
        for (var i = 0; i < clients.Length; i++)
        {
            Guard.Positive(ages[i], nameof(ages));
            clients[i] = Draw(random, ages[i]);
        }
        return clients;
    }

    private protected abstract PurchaseSummary Draw(Random random, double age);

    /// <summary>Follows one client: gaps until one passes the age, a purchase or the death.</summary>
    private protected static PurchaseSummary Follow(
        double age,
        Func<double> gap,
        Func<bool> leaves,
        bool mayLeaveAtOnce
    )
    {
        double now = 0,
            logGaps = 0;
        var repeats = 0;
        var gone = mayLeaveAtOnce && leaves();
        while (!gone)
        {
            var wait = gap();
            if (!(now + wait <= age) || wait <= 0)
                break;
            now += wait;
            repeats++;
            logGaps += Math.Log(wait);
            gone = leaves();
        }
        return new(repeats, now, age, logGaps);
    }
}
