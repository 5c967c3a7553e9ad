using System.CommandLine;
using System.Globalization;
using PorteOuverte.Features.Settings.VerifyAudit;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Data.Backup;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Features.Settings.RestoreData;

/// <summary><c>porte restore</c> on the command line.</summary>
public static class RestoreDataVerb
{
    /// <param name="texts">The texts of <see cref="BackupText"/>.</param>
    public static Command Verb(Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var file = new Argument<string>("FILE") { Description = texts["argumentFile"] };
        var data = new Option<string?>("--data") { Description = texts["optionData"], HelpName = "data" };
        var yes = new Option<bool>("--yes") { Description = texts["optionYes"] };
        var verb = new Command("restore", texts["verbRestore"])
        {
            file,
            data,
            yes,
            CommandLine.Language(texts["optionLanguage"]),
        };
        verb.SetAction(
            async (parsed, cancellation) =>
            {
                var settings = ServerSettings.Read(parsed.GetValue(data));
                var from = parsed.GetRequiredValue(file);
                var output = parsed.InvocationConfiguration.Output;
                var restored = await Backups
                    .Of(settings)
                    .Restore(
                        from,
                        () => parsed.GetValue(yes) || Confirmed(texts, output, Database.Of(settings).Place, from),
                        cancellation
                    );
                if (restored is null)
                {
                    await output.WriteLineAsync(texts["unchanged"]);
                    return ExitCode.Refused;
                }
                await Tell(output, restored, texts);
                await Trail(output, Database.Of(settings), texts.Culture, cancellation);
                await output.WriteLineAsync(texts["next"]);
                return ExitCode.Done;
            }
        );
        return verb;
    }

    private static bool Confirmed(Texts texts, TextWriter output, string place, string file)
    {
        if (Console.IsInputRedirected)
        {
            throw new Refusal(texts["yesNeeded"]);
        }
        output.Write(texts.Format("confirm", place, file) + " ");
        return string.Equals(Console.ReadLine()?.Trim(), texts["yes"], StringComparison.OrdinalIgnoreCase);
    }

    private static async Task Tell(TextWriter output, Restored restored, Texts texts)
    {
        var workspaces = texts.Count("workspaces", restored.Workspaces);
        var people = texts.Count("people", restored.People);
        await output.WriteLineAsync(
            restored.LastChange is { } last
                ? texts.Format("restored", workspaces, people, Instant(last, texts))
                : texts.Format("restoredEmpty", workspaces, people)
        );
        if (restored.Steps > 0)
        {
            await output.WriteLineAsync(texts.Count("steps", restored.Steps));
        }
        if (restored.Kept is not null)
        {
            await output.WriteLineAsync(texts.Format("kept", restored.Kept));
        }
    }

    // The heads noted before would contradict the trail that is back: those of the restored data take their place.
    private static async Task Trail(
        TextWriter output,
        Database database,
        CultureInfo culture,
        CancellationToken cancellation
    )
    {
        var texts = new Texts(typeof(VerifyAuditText), culture);
        var kept = HeadNotes.PutAside(database);
        var verify = new VerifyAuditHandler(database, texts, new Texts(typeof(AuditText), culture), TextWriter.Null);
        if (!await verify.Handle(new VerifyAudit.VerifyAudit(Workspace: null, Head: null), cancellation))
        {
            await output.WriteLineAsync(texts["restoredFlawed"]);
        }
        if (kept is not null)
        {
            await output.WriteLineAsync(texts.Format("notesKept", kept));
        }
    }

    private static string Instant(DateTime utc, Texts texts)
    {
        var local = utc.ToLocalTime();
        return texts.Format(
            "instant",
            texts.Figures.LongDate(DateOnly.FromDateTime(local)),
            local.ToString(texts["hour"], CultureInfo.InvariantCulture)
        );
    }
}
