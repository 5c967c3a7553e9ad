using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Demo;

/// <summary><c>porte --demo</c>, as it is typed.</summary>
[Trait("Category", "Heavy")]
public sealed class DemoVerbTests
{
    private static readonly Dictionary<string, string?> Nothing = new(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_else_is_typed_and_the_true_data_stays_alone()
    {
        var folder = Directory.CreateTempSubdirectory("porte-demo-").FullName;
        try
        {
            // Settings of a true server, mails and database, are not even read: these would be refused.
            var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Data"] = folder,
                ["Mail__Transport"] = "smtp",
                ["Database"] = "Host=nowhere.example",
                ["PublicUrl"] = "https://porte.example.fr",
            };
            var url = new Uri($"http://localhost:{PorteProcess.FreePort()}");
            using var demo = PorteProcess.Start(settings, "--demo", "--urls", url.ToString());
            await Wait.Until(() =>
                Task.FromResult(
                    demo.HasExited || demo.Output.Contains("C’est une démonstration", StringComparison.Ordinal)
                )
            );
            demo.Output.ShouldContain($"répond sur {url.ToString().TrimEnd('/')}");
            using var guest = new Visitor(url);
            using var bare = await guest.Get("/");
            (await guest.Read(bare.Headers.Location!.ToString())).ShouldContain("Agence Corvaine");
            Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["demo"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("--demo", "--urls", "http://0.0.0.0:5080")]
    [InlineData("--demo", "--urls", "http://localhost:5080;http://192.168.1.7:5080")]
    [InlineData("serve", "--demo", "--urls", "http://*:5080")]
    // Which the server would take for a name of no meaning, and listen everywhere.
    [InlineData("--demo", "--urls", "http://loopback:5080")]
    [InlineData("--urls", "http://127.0.0.1.evil.example:5080", "--demo")]
    public async Task An_address_that_others_can_reach_is_refused(params string[] arguments)
    {
        using var refused = PorteProcess.Start(new Dictionary<string, string?>(StringComparer.Ordinal), arguments);
        (await refused.Ended()).ShouldBe(2);
        refused.Output.ShouldContain("elle ne répond qu’à cette machine");
    }

    [Fact]
    public async Task Neither_takes_the_data_of_the_other()
    {
        var folder = Directory.CreateTempSubdirectory("porte-demo-").FullName;
        try
        {
            var demo = Directory.CreateDirectory(Path.Combine(folder, "demo")).FullName;
            await File.WriteAllTextAsync(Path.Combine(demo, "porte.db"), "Somebody’s books", Cancellation);
            using var made = PorteProcess.Start(Nothing, "--data", folder, "--demo", "--reset");
            (await made.Ended()).ShouldBe(2);
            made.Output.ShouldContain("contient déjà des données");
            (await File.ReadAllTextAsync(Path.Combine(demo, "porte.db"), Cancellation)).ShouldBe("Somebody’s books");
            await File.WriteAllTextAsync(Path.Combine(demo, "told"), "", Cancellation);
            using var served = PorteProcess.Start(Nothing, "serve", "--data", demo);
            (await served.Ended()).ShouldBe(2);
            served.Output.ShouldContain("contient les données de la démonstration");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("écrivez --demo --reset", "--reset")]
    [InlineData("elle ne prend pas --database", "--demo", "--database", "Host=localhost")]
    public async Task What_makes_no_sense_is_said(string sentence, params string[] arguments)
    {
        using var refused = PorteProcess.Start(new Dictionary<string, string?>(StringComparer.Ordinal), arguments);
        (await refused.Ended()).ShouldBe(2);
        refused.Output.ShouldContain(sentence);
    }
}
