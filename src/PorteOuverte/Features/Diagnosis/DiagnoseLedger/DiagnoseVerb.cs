using System.CommandLine;
using System.Globalization;
using System.Text;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Cli;
using Spectre.Console;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger;

/// <summary><c>porte diagnose FILE…</c>: the report in the terminal, as a page, or as JSON.</summary>
public static class DiagnoseVerb
{
    // A file shorter than this is read before anyone could see a bar.
    private const long WorthABar = 20_000_000;

    public static Command Verb(Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var files = new Argument<string[]>("FILE") { Description = texts["verb_files"], Arity = ArgumentArity.OneOrMore };
        var asOf = new Option<string?>("--as-of") { Description = texts["verb_as_of"], HelpName = "DATE" };
        var terms = new Option<int>("--terms") { Description = texts["verb_terms"], HelpName = texts["verb_days"], DefaultValueFactory = _ => 30 };
        var json = new Option<string?>("--json") { Description = texts["verb_json"], HelpName = "FILE|-" };
        var html = new Option<string?>("--html") { Description = texts["verb_html"], HelpName = "FILE" };
        var danger = new Option<double>("--danger") { Description = texts["verb_danger"], HelpName = "%", DefaultValueFactory = _ => 25 };
        var high = new Option<double?>("--high") { Description = texts["verb_high"], HelpName = "%" };
        var healthy = new Option<double>("--healthy") { Description = texts["verb_healthy"], HelpName = "%", DefaultValueFactory = _ => 10 };
        var verb = new Command("diagnose", texts["verb_diagnose"])
        {
            files,
            asOf,
            terms,
            CommandLine.Language(texts["verb_lang"]),
            json,
            html,
            danger,
            high,
            healthy,
        };
        verb.SetAction(
            async (parsed, cancellation) =>
            {
                var command = new DiagnoseLedger(
                    Sources(parsed.GetValue(files)!),
                    Date(parsed.GetValue(asOf), texts),
                    Terms(parsed.GetValue(terms), texts),
                    Lines(parsed.GetValue(healthy), parsed.GetValue(high), parsed.GetValue(danger), texts)
                );
                var outputs = new[] { parsed.GetValue(json), parsed.GetValue(html) };
                Spare(parsed.GetValue(files)!, outputs, texts);
                return await Run(command, outputs[0], outputs[1], texts, cancellation);
            }
        );
        return verb;
    }

    private static async Task<int> Run(DiagnoseLedger command, string? json, string? html, Texts texts, CancellationToken cancellation)
    {
        var wording = new Wording(texts);
        Report report;
        try
        {
            report = Diagnose(command, texts, cancellation);
        }
        catch (UnreadableFileException e)
        {
            throw new Refusal(wording.Files.Sentence(e));
        }
        if (report.Files.FirstOrDefault(f => f.TruncatedAt is not null) is { } cut)
        {
            throw new Refusal(wording.Files.Sentence(new UnreadableFileException(cut.Name, UnreadableReason.Truncated, cut.TruncatedAt!.Value)));
        }
        if (json is not null and not "-")
        {
            await Save(json, texts, stream => Task.Run(() => JsonReport.Write(stream, report, wording.Files.Message), cancellation));
        }
        if (html is not null)
        {
            var page = await HtmlReport.Render(report, texts);
            await Save(html, texts, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(page), cancellation).AsTask());
        }
        if (json == "-")
        {
            // The stream is the report, nothing else may stand on it.
            await using var output = Console.OpenStandardOutput();
            JsonReport.Write(output, report, wording.Files.Message);
        }
        else
        {
            TerminalReport.Write(Screen.Output(), report, texts, html);
        }
        return report.RejectedLines > 0 ? ExitCode.DoneInPart : ExitCode.Done;
    }

    private static Report Diagnose(DiagnoseLedger command, Texts texts, CancellationToken cancellation)
    {
        var size = command.Sources.Sum(Size);
        // The bar is for people: it stands on the error stream, and only where that is a terminal.
        if (size < WorthABar || Console.IsErrorRedirected)
        {
            return DiagnoseLedgerHandler.Handle(command, cancellation: cancellation);
        }
        return Screen
            .Error()
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(texts["reading"]), maxValue: size);
                return DiagnoseLedgerHandler.Handle(command, read => task.Value = read, cancellation);
            });
    }

    // The books are what nobody can write again: no output may take their place.
    private static void Spare(string[] files, string?[] outputs, Texts texts)
    {
        var taken = files.Where(f => f.Length > 0).Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        if (outputs.FirstOrDefault(o => o is not null and not "-" && taken.Contains(Path.GetFullPath(o))) is { } output)
        {
            throw new Refusal(texts.Format("would_overwrite", output));
        }
    }

    private static long Size(LedgerSource source)
    {
        using var stream = source.Open();
        return stream.Length;
    }

    // The same path given twice, as by two patterns that overlap, is one file.
    private static List<LedgerSource> Sources(string[] files) =>
        [.. files.Select(f => f.Length == 0 ? f : Path.GetFullPath(f)).Distinct(StringComparer.Ordinal).Select(LedgerSource.FromFile)];

    private static async Task Save(string path, Texts texts, Func<Stream, Task> write)
    {
        try
        {
            await using var stream = File.Create(path);
            await write(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new Refusal(texts.Format("cannot_write", path));
        }
    }

    private static DateOnly? Date(string? text, Texts texts) =>
        text is null ? null
        : DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd/MM/yyyy", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2200 ? date
        : throw new Refusal(texts.Format("bad_date", text));

    private static int Terms(int days, Texts texts) => days is >= 0 and <= 365 ? days : throw new Refusal(texts.Format("bad_terms", days));

    private static Thresholds Lines(double healthy, double? high, double danger, Texts texts)
    {
        var lines = Thresholds.Between(healthy / 100, danger / 100);
        lines = high is { } given ? lines with { High = given / 100 } : lines;
        return healthy > 0 && lines.Healthy < lines.High && lines.High < lines.Danger && danger <= 100
            ? lines
            : throw new Refusal(texts.Format("bad_lines", healthy, Math.Round(lines.High * 100, 1), danger));
    }
}
