namespace PorteOuverte.Analytics.Tests;

public class RadixSortTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(900)]
    [InlineData(1024)]
    [InlineData(70_001)]
    public void Keys_and_their_items_come_out_in_the_order_of_the_numbers(int count)
    {
        var random = new Random(count);
        var values = Enumerable
            .Range(0, count)
            .Select(i =>
                i % 3 == 0
                    ? Math.Floor(random.NextDouble() * 9)
                    : (random.NextDouble() - .5) * Math.Pow(10, random.Next(-300, 300))
            )
            .ToArray();
        values[0] = -0.0;
        var (keys, items) = (
            Array.ConvertAll(values, RadixSort.Key),
            Enumerable.Range(0, count).ToArray()
        );
        var alone = (ulong[])keys.Clone();

        RadixSort.Sort(keys, count, items);
        RadixSort.Sort(alone, count);

        items.Select(i => values[i]).ShouldBe(values.Order());
        items.Order().ShouldBe(Enumerable.Range(0, count));
        alone.ShouldBe(keys);
    }

    [Fact]
    public void Equal_keys_are_left_alone()
    {
        ulong[] keys = [.. Enumerable.Repeat(42UL, 5000)];
        var items = Enumerable.Range(0, 5000).ToArray();

        RadixSort.Sort(keys, 5000, items);

        items.ShouldBe(Enumerable.Range(0, 5000));
    }
}
