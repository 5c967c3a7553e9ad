using BenchmarkDotNet.Running;
using PorteOuverte.Bench;
using PorteOuverte.Bench.Analytics;
using PorteOuverte.Bench.Profile;

// Whole processes are what a person waits for, functions what a change moves, studies what a model is worth.
switch (args)
{
    case [] or ["whole"]:
        return await WholeProcess.Run();
    case ["serve", .. var where]:
        return await Serving.Run(
            where is [var porte, ..] ? porte : WholeProcess.Porte,
            where.Length == 0 ? WholeProcess.Results("serve.md") : null
        );
    case ["profile"]:
        return await Profiling.Run(WholeProcess.Porte, WholeProcess.Profile);
    case ["lighthouse"]:
        return await Lighthouse.Run();
    case ["import", .. var ledgers]:
        return await Importing.Run(WholeProcess.Porte, ledgers);
    case ["pages", .. var with]:
        return await Pages.Run(with is [var large, ..] ? large : WholeProcess.Porte);
    case ["first-minutes"]:
        return await FirstMinutes.Run();
    case ["recovery"]:
        return RecoveryStudy.Write(Console.Out);
    case ["rhythm"]:
        return RhythmStudy.Write(Console.Out);
    default:
        return BenchmarkSwitcher
            .FromAssembly(typeof(WholeProcess).Assembly)
            .Run(args)
            .Any(s => s.HasCriticalValidationErrors)
            ? 1
            : 0;
}
