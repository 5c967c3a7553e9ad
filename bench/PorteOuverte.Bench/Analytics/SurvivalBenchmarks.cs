using BenchmarkDotNet.Attributes;
using PorteOuverte.Analytics;

namespace PorteOuverte.Bench.Analytics;

/// <summary>100 000 durations, hardly a tie, two thirds of them ended, five covariates.</summary>
[Config(typeof(ShortInProcess))]
public class SurvivalBenchmarks
{
    private const int Rows = 100_000;
    private const int Columns = 5;
    private readonly double[] _times = new double[Rows];
    private readonly bool[] _ended = new bool[Rows];
    private readonly double[] _covariates = new double[Rows * Columns];

    [GlobalSetup]
    public void Draw()
    {
        var random = new Random(3);
        for (var i = 0; i < Rows; i++)
        {
            var effect = 0.0;
            for (var c = 0; c < Columns; c++)
            {
                _covariates[i * Columns + c] = random.NextDouble() * 2 - 1;
                effect += _covariates[i * Columns + c] * 0.3 * (c - 2);
            }
            var (ends, censored) = (
                -Math.Log(1 - random.NextDouble()) * Math.Exp(-effect) * 100,
                random.NextDouble() * 400
            );
            (_times[i], _ended[i]) = (Math.Min(ends, censored), ends < censored);
        }
    }

    [Benchmark]
    public double KaplanMeier() => Survival.KaplanMeier(_times, _ended).Median;

    [Benchmark]
    public double CoxEfron() => Survival.Cox(_times, _ended, _covariates).LogLikelihood;
}

/// <summary>What a diagnosis asks of a small firm's portfolio.</summary>
[Config(typeof(ShortInProcess))]
public class DiagnosisBenchmarks
{
    private static readonly double[] LossesDaysAgo = [3, 9, 20, 41, 190, 333, 480, 611];
    private static readonly RunwayPlan Plan = new()
    {
        Cash = 60_000,
        MonthlyCharges = 38_000,
        Clients =
        [
            .. Enumerable.Range(1, 40).Select(i => new RunwayClient(1_000, .01 + i * .0005, 1.5)),
        ],
        Deals = [new(12_000, .4, 3), new(1_500, .3, 2, Recurring: true)],
    };

    [Benchmark]
    public double Scan() => Losses.Scan(LossesDaysAgo).PValue;

    [Benchmark]
    public double RunwayBand_24Months_40Clients_10kRuns() =>
        Runway.Simulate(Plan, 24, 1).ProbabilityOut;
}
