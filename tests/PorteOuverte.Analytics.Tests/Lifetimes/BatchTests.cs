namespace PorteOuverte.Analytics.Tests;

public class BatchTests
{
    [Fact]
    public void Many_clients_at_once_get_the_numbers_of_one_by_one()
    {
        var random = new Random(2);
        const int n = 40_003;
        var (x, last, age) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            x[i] =
                i % 5 == 0 ? 0
                : i % 97 == 0 ? 1000
                : random.Next(1, 40);
            age[i] = .5 + random.NextDouble() * 200;
            last[i] = x[i] == 0 ? 0 : age[i] * (i % 7 == 0 ? 1 : .01 + .99 * random.NextDouble());
        }
        var (bg, mbg) = (new BgNbd(.243, 4.414, .793, 2.426), new MbgNbd(.525, 6.183, .891, 1.614));
        var result = new double[n];

        bg.ProbabilityAlive(x, last, age, result);
        Compare(bg.ProbabilityAlive, 1e-12);
        mbg.ProbabilityAlive(x, last, age, result);
        Compare(mbg.ProbabilityAlive, 1e-12);
        bg.ConditionalExpectedPurchases(x, last, age, 39, result);
        Compare(c => bg.ConditionalExpectedPurchases(c, 39), 2e-12);
        mbg.ConditionalExpectedPurchases(x, last, age, 500, result);
        Compare(c => mbg.ConditionalExpectedPurchases(c, 500), 2e-12);

        void Compare(Func<PurchaseSummary, double> one, double relative)
        {
            for (var i = 0; i < n; i += 13)
            {
                var expected = one(new((int)x[i], last[i], age[i]));
                // Beyond e^700 the batch says at most 1e-300.
                if (expected > 1e-290)
                    result[i].ShouldBeNear(expected, relative);
                else
                    result[i].ShouldBeLessThan(1e-280);
            }
        }
    }

    [Theory]
    [InlineData(1, 5, 4)]
    [InlineData(1, 0, 4)]
    [InlineData(0, 1, 4)]
    [InlineData(-1, 0, 4)]
    [InlineData(1, double.NaN, 4)]
    [InlineData(double.NaN, 1, 4)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, double.PositiveInfinity)]
    public void An_impossible_row_is_refused_wherever_it_stands(double x, double last, double age)
    {
        for (var place = 0; place < 9; place++)
        {
            var (xs, lasts, ages) = (
                new double[9],
                new double[9],
                Enumerable.Repeat(5.0, 9).ToArray()
            );
            (xs[place], lasts[place], ages[place]) = (x, last, age);
            Should.Throw<ArgumentException>(() =>
                new BgNbd(.2, 4, .8, 2).ProbabilityAlive(xs, lasts, ages, new double[9])
            );
        }
    }
}
