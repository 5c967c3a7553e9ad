using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Backup;

[Trait("Category", "Heavy")]
public sealed class BackupVerbTests
{
    [Theory, BothDatabases]
    public async Task A_person_backs_up_beside_the_server_and_restores_without_it(string database)
    {
        using var data = new EmptyData(database);
        using (var server = await PorteProcess.Serve(data.Settings))
        {
            (await Run(data, 0, "backup")).ShouldContain("Sauvegarde faite");
            var backup = Directory.GetFiles(data.Database.BackupFolder).ShouldHaveSingleItem();
            Path.GetFileName(backup).ShouldMatch(@"^porte-\d{8}-\d{6}\.(db|dump)$");
            (await Run(data, 2, "restore", backup, "--yes")).ShouldContain("Arrêtez-le");
            if (database == "sqlite")
            {
                (await Run(data, 2, "serve", "--urls", "http://127.0.0.1:0")).ShouldContain("déjà");
            }
            // Killed or stopped: nothing is left that would keep a restoration out.
            await server.Kill();
            (await Run(data, 2, "restore", backup)).ShouldContain("--yes");
            (await Run(data, 0, "restore", backup, "--yes", "--lang", "en")).ShouldContain("0 workspaces, 0 people");
        }
        using var again = await PorteProcess.Serve(data.Settings);
        using var visitor = new Visitor(again.Url);
        (await visitor.Read("/health/ready")).ShouldBe("Healthy");
    }

    private static async Task<string> Run(EmptyData data, int exit, params string[] arguments)
    {
        using var porte = PorteProcess.Start(data.Settings, arguments);
        (await porte.Ended()).ShouldBe(exit, porte.Output);
        return porte.Output;
    }
}
