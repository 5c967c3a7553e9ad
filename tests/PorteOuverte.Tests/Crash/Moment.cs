using System.Diagnostics;

namespace PorteOuverte.Tests.Crash;

/// <summary>When to kill: at a moment drawn from a seed, so that a failure can be had again, or nearly.</summary>
internal sealed class Moment(int seed)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly Random chance = new(seed);

    /// <summary>Lets the other process work for a time drawn below <paramref name="longest"/>, once <paramref name="begun"/> holds.</summary>
    public async Task Pass(Func<Task<bool>> begun, TimeSpan longest, Func<bool> over)
    {
        while (!await begun() && !over())
        {
            await Task.Delay(Tick, TestContext.Current.CancellationToken);
        }
        // Nothing is waited for here: the moment itself is what is drawn.
        var wanted = longest * chance.NextDouble();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < wanted && !over())
        {
            await Task.Delay(Tick, TestContext.Current.CancellationToken);
        }
    }
}
