namespace PorteOuverte.Analytics;

/// <summary>Gauss–Legendre rules on [−1, 1], exact to rounding (Newton's method on the Legendre recurrence).</summary>
internal sealed class GaussLegendre
{
    /// <summary>Twenty nodes: an exponential over ten e-folds comes out to 1e-14.</summary>
    public static readonly GaussLegendre Twenty = new(20);

    public GaussLegendre(int count)
    {
        (Nodes, Weights) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 1.0;
            for (var step = 0; step < 20; step++)
            {
                double value = 1,
                    before = 0;
                for (var k = 1; k <= count; k++)
                    (value, before) = (((2 * k - 1) * x * value - (k - 1) * before) / k, value);
                slope = count * (x * value - before) / (x * x - 1);
                var change = value / slope;
                x -= change;
                if (Math.Abs(change) < 1e-16)
                    break;
            }
            (Nodes[i], Weights[i]) = (x, 2 / ((1 - x * x) * slope * slope));
        }
    }

    public double[] Nodes { get; }
    public double[] Weights { get; }
}
