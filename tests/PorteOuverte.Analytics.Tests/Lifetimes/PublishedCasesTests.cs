namespace PorteOuverte.Analytics.Tests;

/// <summary>The 104 rows of cases_examples.csv (mpmath, 12 digits) to 1e-9 relative.</summary>
public class PublishedCasesTests
{
    private static readonly string[][] Cases = Corpus.Rows("cases_examples.csv");

    [Fact]
    public void All_published_cases_are_reached()
    {
        Cases.Length.ShouldBe(104);
        foreach (var row in Cases)
        {
            var expected = Corpus.Number(row[7]);
            var actual = Value(row);
            (Math.Abs(actual - expected) <= 1e-9 * Math.Abs(expected)).ShouldBeTrue(
                $"{string.Join(',', row)}: {actual:R}"
            );
        }
    }

    private static double Value(string[] row)
    {
        var p = row[1].Split(' ').Select(Corpus.Number).ToArray();
        return row[0] switch
        {
            "BG_NBD" => Of(new BgNbd(p[0], p[1], p[2], p[3]), row),
            "MBG_NBD" => Of(new MbgNbd(p[0], p[1], p[2], p[3]), row),
            "Pareto_NBD" => Of(new ParetoNbd(p[0], p[1], p[2], p[3]), row),
            // The mean spend stands in the column of t_x.
            "Gamma_Gamma" => new GammaGamma(p[0], p[1], p[2]).ExpectedSpend(
                Whole(row[3]),
                Corpus.Number(row[4])
            ),
            "BG_BB" => Of(new BgBb(p[0], p[1], p[2], p[3]), row),
            _ => throw new InvalidOperationException(row[0]),
        };
    }

    private static double Of(LifetimeModel model, string[] row) =>
        row[2] switch
        {
            "P_alive" => model.ProbabilityAlive(Client(row)),
            "CET" => model.ConditionalExpectedPurchases(Client(row), Corpus.Number(row[6])),
            "E_X" => model.ExpectedPurchases(Corpus.Number(row[6])),
            "PMF" => model.Probability(Whole(row[3]), Corpus.Number(row[6])),
            "DERT_delta0.0027" => model.DiscountedResidualPurchases(Client(row), .0027),
            _ => throw new InvalidOperationException(row[2]),
        };

    private static double Of(BgBb model, string[] row) =>
        row[2] switch
        {
            "P_alive_at_n+1" => model.ProbabilityAlive(
                new(Whole(row[3]), Whole(row[4]), Whole(row[5]))
            ),
            "CET" => model.ConditionalExpectedPurchases(
                new(Whole(row[3]), Whole(row[4]), Whole(row[5])),
                Whole(row[6])
            ),
            "E_X" => model.ExpectedPurchases(Whole(row[6])),
            _ => throw new InvalidOperationException(row[2]),
        };

    private static PurchaseSummary Client(string[] row) =>
        new(Whole(row[3]), Corpus.Number(row[4]), Corpus.Number(row[5]));

    private static int Whole(string text) => (int)Corpus.Number(text);
}
