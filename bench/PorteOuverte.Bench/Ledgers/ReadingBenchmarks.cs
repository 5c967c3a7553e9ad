using BenchmarkDotNet.Attributes;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Bench.Ledgers;

/// <summary>Reading, facts and report on the books of an agency of 400 clients over five years, in memory.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private readonly List<LedgerSource> files = [];
    private Ledger ledger = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var streams = new Dictionary<string, MemoryStream>(StringComparer.Ordinal);
        Sample.Generate(new SampleOptions { Clients = 400, Years = 5 }, name => streams[name] = new MemoryStream(), truth: null);
        files.AddRange(streams.Select(s => new LedgerSource(s.Key, () => new MemoryStream(s.Value.ToArray(), writable: false))));
        ledger = Ledger.Read(files);
    }

    [Benchmark]
    public Ledger Read() => Ledger.Read(files, threads: Threads);

    [Benchmark]
    public LedgerFacts Facts() => ledger.AsOf(ledger.LastEntry);

    [Benchmark]
    public Report Diagnose() => DiagnoseLedgerHandler.Of(ledger, ledger.LastEntry, 30, Thresholds.Default);
}
