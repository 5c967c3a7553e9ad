using System.Globalization;
using MathNet.Numerics.Distributions;
using PorteOuverte.Analytics;

namespace PorteOuverte.Bench.Analytics;

/// <summary>
/// Small and middling service portfolios, drawn from no model of the library (log-normal usual gaps): does the method
/// chosen beat days of silence on a quarter it had not seen?
/// </summary>
internal static class RhythmStudy
{
    private const int Portfolios = 100;
    private const int Days = 1_000;
    private const int HiddenDays = 91;

    public static int Write(TextWriter output)
    {
        output.WriteLine("# Quiet clients against the recency baseline");
        output.WriteLine();
        output.WriteLine(
            Invariant(
                $"{Portfolios} simulated portfolios for each row: usual gaps log-normal around 45 days (spread 0.6), gaps Erlang-k around them (k = 1: at random; 3: regular; 8: like clockwork), one purchase in 17 the last; {Days} days, the last {HiddenDays} hidden. *Brier*: mean squared error of the probability of a purchase in the hidden days (less is better); the baseline is a logistic curve of days silent. *Model*: share of portfolios to which the MBG/CNBD-k was fitted; the others were held against their clients' own rhythms. Made by `dotnet run -c Release --project bench/PorteOuverte.Bench -- rhythm > bench/results/rhythm.md`."
            )
        );
        output.WriteLine();
        output.WriteLine("| clients | k | model | Brier | recency | base rate | AUC | recency |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var clients in (int[])[12, 25, 39, 60, 150])
        foreach (var k in (int[])[1, 3, 8])
        {
            var reports = new HoldOutReport[Portfolios];
            var first = new DateOnly(2023, 1, 1);
            var end = first.AddDays(Days);
            Parallel.For(
                0,
                Portfolios,
                i =>
                    reports[i] = Lifetimes.HoldOut(
                        Draw(clients, k, i + 1, first, end),
                        end.AddDays(-HiddenDays),
                        end
                    )
            );
            output.WriteLine(
                Invariant(
                    $"| {clients} | {k} | {reports.Average(r => r.Method == QuietMethod.FittedModel ? 1.0 : 0):0.00} | {reports.Average(r => r.Result.Brier):0.000} | {reports.Average(r => r.Recency.Brier):0.000} | {reports.Average(r => r.BaseRateBrier):0.000} | {reports.Average(r => r.Result.Auc):0.000} | {reports.Average(r => r.Recency.Auc):0.000} |"
                )
            );
        }
        return 0;
    }

    private static Purchase[] Draw(int clients, int k, int seed, DateOnly first, DateOnly end)
    {
        var random = new Random(seed);
        var purchases = new List<Purchase>();
        for (var client = 0; client < clients; client++)
        {
            var day = first.AddDays(random.Next(0, 400));
            var (usual, leaves) = (
                Math.Exp(Math.Log(45) + 0.6 * Normal.Sample(random, 0, 1)),
                Beta.Sample(random, 0.5, 8)
            );
            while (day <= end)
            {
                purchases.Add(new(client, day));
                if (random.NextDouble() < leaves)
                    break;
                day = day.AddDays(Math.Max(1, (int)Gamma.Sample(random, k, k / usual)));
            }
        }
        return [.. purchases];
    }

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
