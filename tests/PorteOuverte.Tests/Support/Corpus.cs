namespace PorteOuverte.Tests.Support;

/// <summary>Real files, kept beside the project; their absence is an error, never a skipped test.</summary>
public static class Corpus
{
    public static string Path(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = System.IO.Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus))
            {
                return System.IO.Path.Combine(corpus, file);
            }
        }
        throw new DirectoryNotFoundException("The test corpus (shared/corpus) must stand beside the project.");
    }
}
