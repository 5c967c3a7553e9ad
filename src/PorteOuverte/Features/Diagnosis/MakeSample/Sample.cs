using System.Globalization;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <param name="Clients">How many clients, from 1.</param>
/// <param name="Years">How many years, from 1; the last one is 2025.</param>
/// <param name="Seed">The same seed makes the same bytes.</param>
internal sealed record SampleOptions(int Clients = 40, int Years = 3, int Seed = 1, Dialect Dialect = Dialect.Plain);

/// <summary>The books of a made-up communication agency, one file for each year.</summary>
internal static class Sample
{
    /// <summary>The agency's SIREN: valid by its key, and plainly made up.</summary>
    public const string Siren = "123456782";

    public static IReadOnlyList<string> FileNames(SampleOptions options)
    {
        var span = new SampleSpan(options.Years);
        var extension = options.Dialect == Dialect.Xml ? "xml" : "txt";
        return
        [
            .. Enumerable
                .Range(span.FirstYear, span.Years)
                .Select(year => string.Create(CultureInfo.InvariantCulture, $"{Siren}FEC{year}1231.{extension}")),
        ];
    }

    /// <summary>Writes the files one after the other; little more than the unpaid invoices is held in memory.</summary>
    /// <param name="create">Opens a file of this name to write to; it is closed when it is whole.</param>
    /// <param name="truth">Notes what the books say, where asked for: it grows with them.</param>
    /// <returns>The number of lines of each file, without its header.</returns>
    public static IReadOnlyList<int> Generate(
        SampleOptions options,
        Func<string, Stream> create,
        SampleTruth? truth = null
    )
    {
        var span = new SampleSpan(options.Years);
        var agency = new Agency(options, truth);
        var names = FileNames(options);
        var lines = new int[names.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var year = span.FirstYear + i;
            truth?.BeginFile();
            using var writer = LedgerWriter.For(options.Dialect, create(names[i]), new DateOnly(year, 12, 31));
            lines[i] = agency.Keep(year, writer);
        }
        return lines;
    }
}
