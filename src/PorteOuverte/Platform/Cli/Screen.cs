using System.Globalization;
using Spectre.Console;

namespace PorteOuverte.Platform.Cli;

/// <summary>The console as it is: coloured where a person looks, plain text in a file or a pipe.</summary>
public static class Screen
{
    private const int PlainWidth = 80;

    public static IAnsiConsole Output() => Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error() => Create(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        // NO_COLOR asks for no colour; bold and dim remain.
        var colourless = plain || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = colourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
            }
        );
        if (plain)
        {
            console.Profile.Width =
                int.TryParse(
                    Environment.GetEnvironmentVariable("COLUMNS"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var columns
                )
                && columns >= 40
                    ? columns
                    : PlainWidth;
        }
        return console;
    }
}
