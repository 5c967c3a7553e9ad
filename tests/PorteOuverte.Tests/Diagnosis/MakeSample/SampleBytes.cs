using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Tests.Diagnosis.MakeSample;

/// <summary>A sample in memory, with its truth.</summary>
internal sealed class SampleBytes
{
    private SampleBytes(
        IReadOnlyList<string> names,
        IReadOnlyList<byte[]> files,
        IReadOnlyList<int> lines,
        SampleTruth truth
    )
    {
        (Names, Files, Lines, Truth) = (names, files, lines, truth);
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<byte[]> Files { get; }

    public IReadOnlyList<int> Lines { get; }

    public SampleTruth Truth { get; }

    public static SampleBytes Of(SampleOptions options)
    {
        var streams = new List<MemoryStream>();
        var truth = new SampleTruth();
        var lines = Sample.Generate(
            options,
            _ =>
            {
                streams.Add(new MemoryStream());
                return streams[^1];
            },
            truth
        );
        return new SampleBytes(Sample.FileNames(options), streams.ConvertAll(s => s.ToArray()), lines, truth);
    }

    public Ledger Read() => Read([.. Names.Zip(Files)]);

    public static Ledger Read(params IReadOnlyList<(string Name, byte[] Content)> files) =>
        Ledger.Read(
            [.. files.Select(f => new LedgerSource(f.Name, () => new MemoryStream(f.Content)))],
            cancellation: TestContext.Current.CancellationToken
        );
}
