namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Write the accounting files of a made-up agency into a folder.</summary>
/// <param name="Overwrite">Replace files of the same names.</param>
public sealed record MakeSample(
    string Directory,
    int Clients = 40,
    int Years = 3,
    int Seed = 1,
    Dialect Dialect = Dialect.Plain,
    bool Overwrite = false
);

/// <param name="Problem">Why nothing was written; null where all went well.</param>
public sealed record MadeSample(IReadOnlyList<MadeFile> Files, SampleProblem? Problem = null);

public sealed record MadeFile(string Path, int Lines);

/// <summary>Why a sample cannot be written: a key of <see cref="SampleText"/> and what goes into its places.</summary>
public sealed record SampleProblem(string Key, string Value);

public static class MakeSampleHandler
{
    public const int MostYears = 30;
    public const int MostClients = 100_000;

    public static MadeSample Handle(MakeSample command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Clients is < 1 or > MostClients)
        {
            return Refused("Refused_Clients", "");
        }
        if (command.Years is < 1 or > MostYears)
        {
            return Refused("Refused_Years", "");
        }
        var options = new SampleOptions(command.Clients, command.Years, command.Seed, command.Dialect);
        var paths = Sample.FileNames(options).Select(name => Path.Combine(command.Directory, name)).ToList();
        var begun = new List<string>();
        try
        {
            Directory.CreateDirectory(command.Directory);
            if (!command.Overwrite && paths.Find(Path.Exists) is { } existing)
            {
                return Refused("Refused_Exists", existing);
            }
            var lines = Sample.Generate(
                options,
                name =>
                {
                    begun.Add(Path.Combine(command.Directory, name));
                    return new FileStream(begun[^1], FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
                }
            );
            return new MadeSample([.. paths.Select((path, i) => new MadeFile(path, lines[i]))]);
        }
        catch (Exception e) when (begun.Count == 0 && e is (ArgumentException or NotSupportedException))
        {
            // Not the name of a folder at all.
            return Refused("Refused_Directory", command.Directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return begun.Count == 0
                ? Refused("Refused_Directory", command.Directory)
                : Refused("Refused_Write", begun[^1]);
        }
    }

    private static MadeSample Refused(string key, string value) => new([], new SampleProblem(key, value));
}
