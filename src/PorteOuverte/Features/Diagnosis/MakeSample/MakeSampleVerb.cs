using System.CommandLine;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary><c>porte sample</c> on the command line.</summary>
public static class MakeSampleVerb
{
    private const int Refused = 2;

    private static readonly string[] DialectNames =
    [
        .. Enum.GetNames<Dialect>().Select(name => name.ToLowerInvariant()),
    ];

    /// <param name="texts">The texts of <see cref="SampleText"/>.</param>
    public static Command Verb(Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var directory = new Argument<string>("DIR") { Description = texts["Help_Directory"] };
        var clients = new Option<int>("--clients")
        {
            Description = texts["Help_Clients"],
            HelpName = "N",
            DefaultValueFactory = _ => 40,
        };
        var years = new Option<int>("--years")
        {
            Description = texts["Help_Years"],
            HelpName = "Y",
            DefaultValueFactory = _ => 3,
        };
        var seed = new Option<int>("--seed")
        {
            Description = texts["Help_Seed"],
            HelpName = "S",
            DefaultValueFactory = _ => 1,
        };
        // Names rather than the type itself: the parser would show its name to whoever mistypes one.
        var dialect = new Option<string>("--dialect")
        {
            Description = texts.Format("Help_Dialect", string.Join(", ", DialectNames)),
            HelpName = "D",
            DefaultValueFactory = _ => DialectNames[0],
        };
        dialect.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, DialectNames);
        var force = new Option<bool>("--force") { Description = texts["Help_Force"] };
        var verb = new Command("sample", texts["Help_Verb"]) { directory, clients, years, seed, dialect, force };
        verb.SetAction(parsed =>
        {
            var made = MakeSampleHandler.Handle(
                new MakeSample(
                    parsed.GetRequiredValue(directory),
                    parsed.GetValue(clients),
                    parsed.GetValue(years),
                    parsed.GetValue(seed),
                    Enum.Parse<Dialect>(parsed.GetRequiredValue(dialect), ignoreCase: true),
                    parsed.GetValue(force)
                )
            );
            var console = parsed.InvocationConfiguration;
            if (made.Problem is { } problem)
            {
                console.Error.WriteLine(texts.Format(problem.Key, problem.Value));
                return Refused;
            }
            Tell(console.Output, made, texts);
            return 0;
        });
        return verb;
    }

    private static void Tell(TextWriter output, MadeSample made, Texts texts)
    {
        output.WriteLine(texts.Count("Made", made.Files.Count));
        foreach (var file in made.Files)
        {
            output.WriteLine("  " + texts.Format("Made_File", file.Path, texts.Figures.Number((decimal)file.Lines)));
        }
        output.WriteLine();
        output.WriteLine(texts["Next"]);
        var folder = Path.GetDirectoryName(made.Files[0].Path) ?? "";
        var pattern = Path.Combine(Quoted(folder), "*" + Path.GetExtension(made.Files[0].Path));
        output.WriteLine("  porte diagnose " + pattern);
    }

    // A folder with a space in its name is one word to the shell, the star after it is not to be quoted.
    private static string Quoted(string folder) =>
        folder.Contains(' ', StringComparison.Ordinal) ? $"\"{folder}\"" : folder;
}
