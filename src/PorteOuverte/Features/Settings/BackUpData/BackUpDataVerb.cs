using System.CommandLine;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Data.Backup;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Features.Settings.BackUpData;

/// <summary><c>porte backup</c> on the command line.</summary>
public static class BackUpDataVerb
{
    private const decimal Million = 1_000_000;

    /// <param name="texts">The texts of <see cref="BackupText"/>.</param>
    public static Command Verb(Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var file = new Argument<string?>("FILE")
        {
            Description = texts["argumentTarget"],
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = new Option<string?>("--data") { Description = texts["optionData"], HelpName = "data" };
        var force = new Option<bool>("--force") { Description = texts["optionForce"] };
        var verb = new Command("backup", texts["verbBackup"])
        {
            file,
            data,
            force,
            CommandLine.Language(texts["optionLanguage"]),
        };
        verb.SetAction(
            async (parsed, cancellation) =>
            {
                var backups = Backups.Of(ServerSettings.Read(parsed.GetValue(data)));
                var made = await backups.Take(parsed.GetValue(file), parsed.GetValue(force), cancellation);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    texts.Format("done", made, texts.Format("megabytes", Megabytes(made, texts)))
                );
                return ExitCode.Done;
            }
        );
        return verb;
    }

    private static string Megabytes(string file, Texts texts) =>
        texts.Figures.Number(new FileInfo(file).Length / Million, 1);
}
