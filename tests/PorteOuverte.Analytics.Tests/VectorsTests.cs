using System.Runtime.Intrinsics;

namespace PorteOuverte.Analytics.Tests;

public sealed class VectorsTests
{
    [Fact]
    public void Logarithms_of_four_numbers_are_those_of_each()
    {
        var random = new Random(1);
        double[] edges =
        [
            1,
            double.BitDecrement(1),
            double.BitIncrement(1),
            2.3e-308,
            1.7e308,
            0.5,
            0.70710678118654752,
            2,
        ];
        var numbers = edges.Concat(
            Enumerable.Range(0, 100_000).Select(_ => Math.Exp((random.NextDouble() - 0.5) * 1400))
        );
        foreach (var four in numbers.Chunk(4))
        {
            var logs = Vectors.Log(Vector256.Create<double>(four));
            for (var i = 0; i < four.Length; i++)
                logs[i].ShouldBe(Math.Log(four[i]), 2e-16 + 4e-16 * Math.Abs(Math.Log(four[i])), $"{four[i]:R}");
        }
    }

    [Fact]
    public void Exponentials_of_four_numbers_are_those_of_each()
    {
        var random = new Random(2);
        double[] edges = [0, -0.0, 1e-300, -1e-300, -700, 700, 0.34657359027997264, -0.34657359027997264];
        var numbers = edges.Concat(Enumerable.Range(0, 100_000).Select(_ => (random.NextDouble() - 0.5) * 1400));
        foreach (var four in numbers.Chunk(4))
        {
            var powers = Vectors.Exp(Vector256.Create<double>(four));
            for (var i = 0; i < four.Length; i++)
                powers[i].ShouldBe(Math.Exp(four[i]), 6e-16 * Math.Exp(four[i]), $"{four[i]:R}");
        }
    }

    [Fact]
    public void What_is_too_small_to_tell_is_nothing() =>
        Vectors.Exp(Vector256.Create(-709, -1e4, -1e300, double.NegativeInfinity)).ShouldBe(Vector256<double>.Zero);
}
