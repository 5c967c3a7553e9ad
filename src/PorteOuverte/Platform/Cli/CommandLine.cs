using System.CommandLine;
using System.Globalization;
using System.Text;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Cli;

/// <summary>The command line: the verbs that features bring, in the language asked for.</summary>
public static class CommandLine
{
    private const string LanguageOption = "--lang";

    /// <summary>Runs one command and returns the exit code. Whatever happens, no stack trace reaches a person.</summary>
    /// <param name="arguments">The arguments as typed.</param>
    /// <param name="describe">What the program is, in a language.</param>
    /// <param name="verbs">The verbs, in a language.</param>
    /// <param name="cancellation">Stops the command.</param>
    public static async Task<int> Run(
        string[] arguments,
        Func<CultureInfo, string> describe,
        Func<CultureInfo, IEnumerable<Command>> verbs,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(describe);
        ArgumentNullException.ThrowIfNull(verbs);
        // Accents must survive a pipe, whatever the locale of the machine.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var culture = LanguageOf(arguments);
        CultureInfo.CurrentUICulture = culture;
        var root = new RootCommand(describe(culture));
        foreach (var verb in verbs(culture))
        {
            root.Subcommands.Add(verb);
        }
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(e => e.Message)));
            return ExitCode.Refused;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false },
                cancellation
            );
        }
        catch (Refusal refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return ExitCode.Refused;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
        // The last net: a defect of ours is still one sentence to the person in front of it.
        catch (Exception e) when (Environment.GetEnvironmentVariable("PORTE_DEBUG") is null)
        {
            await Console.Error.WriteLineAsync($"{e.GetType().Name}: {e.Message}");
            return ExitCode.Refused;
        }
    }

    /// <summary>The option every verb takes; its value is read before parsing, since help is in that language too.</summary>
    public static Option<string> Language(string description)
    {
        var option = new Option<string>(LanguageOption)
        {
            Description = description,
            HelpName = "fr|en",
            DefaultValueFactory = _ => "fr",
        };
        option.AcceptOnlyFromAmong("fr", "en");
        return option;
    }

    private static CultureInfo LanguageOf(string[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (
                arguments[i] == $"{LanguageOption}=en"
                || arguments[i] == $"{LanguageOption}:en"
                || (arguments[i] == LanguageOption && i + 1 < arguments.Length && arguments[i + 1] == "en")
            )
            {
                return CultureInfo.GetCultureInfo("en");
            }
        }
        return CultureInfo.GetCultureInfo("fr");
    }
}
