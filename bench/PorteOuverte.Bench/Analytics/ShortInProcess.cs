using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace PorteOuverte.Bench.Analytics;

/// <summary>
/// Three warm-ups and five measurements in this process: the machine that measures may be shared, and a whole run
/// takes two minutes. Compare the least of several runs.
/// </summary>
public sealed class ShortInProcess : ManualConfig
{
    public ShortInProcess()
    {
        AddJob(
            Job.Default.WithWarmupCount(3)
                .WithIterationCount(5)
                .WithToolchain(InProcessEmitToolchain.Instance)
        );
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
