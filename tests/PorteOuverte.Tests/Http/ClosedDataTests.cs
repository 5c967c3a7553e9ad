using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

/// <summary>A server that cannot open its data says why in one sentence, and ends.</summary>
[Trait("Category", "Heavy")]
public sealed class ClosedDataTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=porte;Database=porte", "ne répond pas (")]
    [InlineData("porte", "Elle ressemble à")]
    public async Task A_database_that_is_not_there(string connection, string words)
    {
        using var folder = new EmptyData("sqlite");
        await Refused(folder.Folder, words, connection);
    }

    [Fact]
    public Task A_folder_where_nothing_can_be_written() => Refused("/proc/nope", "/proc/nope. Choisissez");

    [Fact]
    public async Task A_file_that_is_not_ours()
    {
        using var folder = new EmptyData("sqlite");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder, "porte.db"),
            new string('x', 20_000),
            TestContext.Current.CancellationToken
        );
        await Refused(folder.Folder, "n’est pas une base de Porte Ouverte");
    }

    [Fact]
    public async Task A_file_of_settings_that_does_not_read()
    {
        using var folder = new EmptyData("sqlite");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder, "porte.json"),
            "{bad",
            TestContext.Current.CancellationToken
        );
        await Refused(folder.Folder, "porte.json ne se lit pas (");
    }

    private static async Task Refused(string folder, string words, string? connection = null)
    {
        using var server = PorteProcess.StartServing(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Data"] = folder,
                ["Database"] = connection,
                ["Language"] = "fr",
            }
        );
        (await server.Ended()).ShouldBe(2);
        server.Output.ShouldContain(words);
        server.Output.Split('\n').Length.ShouldBe(1, server.Output);
    }
}
