using System.Globalization;
using PorteOuverte.Analytics;

namespace PorteOuverte.Bench.Analytics;

/// <summary>The data that are measured on.</summary>
internal static class Portfolios
{
    /// <summary>Clients of a model, observed 27 to 39 weeks, purchases on whole days: 1 M have some 107 000 distinct rows.</summary>
    public static PurchaseSummary[] Of(LifetimeModel model, int clients)
    {
        var random = new Random(1);
        var ages = new double[clients];
        for (var i = 0; i < clients; i++)
            ages[i] = (27 * 7 + random.Next(0, 84)) / 7.0;
        var drawn = model.Simulate(ages, 2);
        for (var i = 0; i < clients; i++)
        {
            var last = drawn[i].Repeats == 0 ? 0 : Math.Max(1, Math.Round(drawn[i].Last * 7)) / 7;
            drawn[i] = drawn[i] with { Last = Math.Min(last, drawn[i].Age) };
        }
        return drawn;
    }

    /// <summary>The CDNOW sample of 2 357 customers, beside the repository.</summary>
    public static PurchaseSummary[] Cdnow()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var file = Path.Combine(
                at.FullName,
                "..",
                "shared",
                "corpus",
                "analytics",
                "cdnow_customers_summary.csv"
            );
            if (File.Exists(Path.Combine(at.FullName, "PorteOuverte.slnx")))
                return [.. File.ReadAllLines(file).Skip(1).Where(l => l.Length > 0).Select(Row)];
        }
        throw new DirectoryNotFoundException(
            "The repository's root was not found above the benchmarks."
        );

        static PurchaseSummary Row(string line)
        {
            var cells = line.Split(',');
            return new((int)Number(cells[1]), Number(cells[2]), Number(cells[3]));
        }

        static double Number(string text) =>
            double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
