using BenchmarkDotNet.Attributes;
using PorteOuverte.Analytics;

namespace PorteOuverte.Bench.Analytics;

/// <summary>Whole fits: collapsing equal rows, maximum, standard errors.</summary>
[Config(typeof(ShortInProcess))]
public class LifetimeFitBenchmarks
{
    private PurchaseSummary[] _cdnow = [];
    private PurchaseSummary[] _bg = [];
    private PurchaseSummary[] _pareto = [];
    private PurchaseSummary[] _paretoTenth = [];

    [GlobalSetup]
    public void Draw()
    {
        _cdnow = Portfolios.Cdnow();
        _bg = Portfolios.Of(new BgNbd(.243, 4.414, .793, 2.426), 1_000_000);
        _pareto = Portfolios.Of(new ParetoNbd(.553, 10.578, .606, 11.669), 1_000_000);
        _paretoTenth = _pareto[..100_000];
    }

    [Benchmark]
    public double BgNbd_Cdnow() => Lifetimes.FitBgNbd(PurchaseSample.Of(_cdnow)).LogLikelihood;

    [Benchmark]
    public double BgNbd_1M() => Lifetimes.FitBgNbd(PurchaseSample.Of(_bg)).LogLikelihood;

    [Benchmark]
    public double ParetoNbd_100k() =>
        Lifetimes.FitParetoNbd(PurchaseSample.Of(_paretoTenth)).LogLikelihood;

    [Benchmark]
    public double ParetoNbd_1M() =>
        Lifetimes.FitParetoNbd(PurchaseSample.Of(_pareto)).LogLikelihood;
}

/// <summary>One million clients at once.</summary>
[Config(typeof(ShortInProcess))]
public class LifetimeQuantityBenchmarks
{
    private const int Clients = 1_000_000;
    private readonly BgNbd _model = new(.243, 4.414, .793, 2.426);
    private readonly double[] _result = new double[Clients];
    private double[] _repeats = [];
    private double[] _last = [];
    private double[] _age = [];

    [GlobalSetup]
    public void Draw()
    {
        var clients = Portfolios.Of(_model, Clients);
        _repeats = Array.ConvertAll(clients, c => (double)c.Repeats);
        _last = Array.ConvertAll(clients, c => c.Last);
        _age = Array.ConvertAll(clients, c => c.Age);
    }

    [Benchmark(OperationsPerInvoke = Clients)]
    public void ProbabilityAlive() => _model.ProbabilityAlive(_repeats, _last, _age, _result);

    [Benchmark(OperationsPerInvoke = Clients)]
    public void ConditionalExpectedPurchases_39() =>
        _model.ConditionalExpectedPurchases(_repeats, _last, _age, 39, _result);
}
