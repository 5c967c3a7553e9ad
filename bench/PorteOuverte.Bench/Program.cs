using BenchmarkDotNet.Running;
using PorteOuverte.Bench;

// Whole processes are what a person waits for; functions are what a change moves.
return args is [] or ["whole", ..] ? await WholeProcess.Run() : BenchmarkSwitcher.FromAssembly(typeof(WholeProcess).Assembly).Run(args).Any(s => s.HasCriticalValidationErrors) ? 1 : 0;
