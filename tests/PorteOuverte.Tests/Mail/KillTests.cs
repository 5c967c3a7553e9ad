using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Support;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.Mail;

/// <summary>kill -9 for real: another process delivers to a real server, is held there at a point, and dies.</summary>
[Trait("Category", "Heavy")]
public sealed class KillTests
{
    private const string WorkspaceVariable = "PORTE_TEST_WORKSPACE";

    [Theory, BothDatabases]
    public async Task A_process_killed_at_any_point_leaves_no_mail_lost_in_silence_and_none_doubled(string database)
    {
        if (Environment.GetEnvironmentVariable(WorkspaceVariable) is { } named)
        {
            // This is the other process: the same test, started again by itself.
            await DeliverIn(Id<Workspace>.Parse(named, null));
            return;
        }
        await using var server = await MailServer.Start();
        await using var house = await House.Open(database, null, server.Settings);
        var (workspace, _) = await house.NewWorkspace();
        var taken = 0;
        foreach (var point in new[] { "greeting", "secured", "mail", "rcpt", "data", "content", "quit" })
        {
            var id = await house.Write(workspace, "paul@example.fr");
            await server.StopAt(point);
            await KillAt(server.Reached(point), house, server, workspace);
            await Chains.AreIntact(house.Database);
            await house.Deliver(workspace);
            await house.Deliver(workspace);
            var mail = await house.Mail(workspace, id);
            switch (point)
            {
                case "data" or "content":
                    // It was being handed over: nobody but a person decides.
                    mail.State.ShouldBe(MailState.Uncertain, point);
                    server.Taken.Count.ShouldBe(taken, point);
                    await house.In(
                        workspace,
                        async (AppDb db) =>
                        {
                            (
                                await db.Mails.FindAsync([workspace, id], TestContext.Current.CancellationToken)
                            )!.SendAgain(TimeProvider.System.GetUtcNow().UtcDateTime);
                            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
                        }
                    );
                    await house.Deliver(workspace);
                    (await house.Mail(workspace, id)).State.ShouldBe(MailState.Sent, point);
                    break;
                case "quit":
                    // The server has answered; whether that was still written down is a race, and both are true.
                    mail.State.ShouldBeOneOf(MailState.Sent, MailState.Uncertain);
                    break;
                default:
                    mail.State.ShouldBe(MailState.Sent, point);
                    break;
            }
            server.Taken.Count.ShouldBe(++taken, point);
        }
    }

    // What the other process does, on the data of this one.
    private static async Task DeliverIn(Id<Workspace> workspace)
    {
        var settings = ServerSettings.Read(new Dictionary<string, string?>(StringComparer.Ordinal));
        await using var app = Server.Build<Document>(settings, Program.Doors);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(workspace);
        await scope.ServiceProvider.GetRequiredService<MailDelivery>().Deliver(TestContext.Current.CancellationToken);
    }

    private static async Task KillAt(Task reached, House house, MailServer server, Id<Workspace> workspace)
    {
        using var process = Start(house, server, workspace);
        var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        try
        {
            // Not whichever is first: after its last word it may end before one sees that it was said.
            await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException e)
        {
            process.Kill();
            throw new InvalidOperationException(
                "The other process never came there: "
                    + await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                e
            );
        }
        // SIGKILL: not a line of it runs afterwards.
        process.Kill();
        await ended;
    }

    private static Process Start(House house, MailServer server, Id<Workspace> workspace)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(KillTests).Assembly.Location,
                "-method",
                $"{typeof(KillTests).FullName}.{nameof(A_process_killed_at_any_point_leaves_no_mail_lost_in_silence_and_none_doubled)}",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var database = house.Database;
        start.Environment["PORTE_Data"] = start.Environment["PORTE_DATA"] = database.Folder;
        start.Environment["PORTE_Database"] = database.Connection;
        start.Environment["TMPDIR"] = database.Folder;
        start.Environment[WorkspaceVariable] = workspace.ToString();
        foreach (var (key, value) in server.Settings)
        {
            start.Environment["PORTE_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        return Process.Start(start)!;
    }
}
