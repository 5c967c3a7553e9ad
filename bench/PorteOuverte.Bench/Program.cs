using BenchmarkDotNet.Running;
using PorteOuverte.Bench.Analytics;

if (args is ["recovery"])
    return RecoveryStudy.Write(Console.Out);
if (args is ["rhythm"])
    return RhythmStudy.Write(Console.Out);
BenchmarkSwitcher.FromAssembly(typeof(ShortInProcess).Assembly).Run(args);
return 0;
