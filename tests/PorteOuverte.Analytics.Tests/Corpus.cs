using System.Globalization;

namespace PorteOuverte.Analytics.Tests;

/// <summary>The reference data beside the repository; its absence is an error, never a skipped test.</summary>
internal static class Corpus
{
    private static readonly string Folder = Find();

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Folder, file));

    /// <summary>The rows below the header, cut at commas.</summary>
    public static string[][] Rows(string file) =>
        [.. Lines(file).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];

    public static double Number(string text) =>
        double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "PorteOuverte.slnx")))
                continue;
            var folder = Path.GetFullPath(
                Path.Combine(at.FullName, "..", "shared", "corpus", "analytics")
            );
            return Directory.Exists(folder)
                ? folder
                : throw new DirectoryNotFoundException(
                    $"The reference data are missing: {folder} is not there."
                );
        }
        throw new DirectoryNotFoundException(
            "The repository's root was not found above the tests."
        );
    }
}
