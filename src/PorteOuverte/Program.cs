using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounts;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Settings;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Http;
using PorteOuverte.Ui;

if (!NeededLibraries.AreThere(args))
{
    return ExitCode.Refused;
}

// Alone, or for the demonstration, it serves.
return await CommandLine.Run(
    args is [] || (args[0].StartsWith('-') && args.Any(a => a is "--demo" or "--reset")) ? ["serve", .. args] : args,
    Diagnosis.Description,
    culture => [.. Doors.SelectMany(door => door.Verbs(culture)), ServeVerb.Verb<Document>(culture, Doors)]
);

public partial class Program
{
    private Program() { }

    /// <summary>The features, each by its door.</summary>
    public static IReadOnlyList<Door> Doors { get; } =
    [new UiDoor(), new Diagnosis(), new Clients(), new Accounting(), new Accounts(), new Settings()];
}
