using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.EditContact;
using PorteOuverte.Features.Clients.EditEngagement;
using PorteOuverte.Features.Clients.EnterHours;
using PorteOuverte.Features.Clients.KeepFiles;
using PorteOuverte.Features.Clients.WriteNote;
using PorteOuverte.Kernel;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

/// <summary>A sheet holds all sections: each may cost it one statement.</summary>
public sealed class StatementsTests
{
    [Theory, BothDatabases]
    public async Task Each_section_is_read_with_one_statement(string database)
    {
        var said = new Statements();
        await using var house = await House.Open(database, services => services.AddSingleton<IInterceptor>(said));
        var (workspace, _) = await house.NewWorkspace();
        var (client, stop) = (Id<Client>.New(), TestContext.Current.CancellationToken);
        Func<IServiceProvider, Task>[] sections =
        [
            s => s.GetRequiredService<EditContactHandler>().List(client, stop),
            s => s.GetRequiredService<EditEngagementHandler>().List(client, stop),
            s => s.GetRequiredService<WriteNoteHandler>().List(client, 1, 5, stop),
            s => s.GetRequiredService<EnterHoursHandler>().List(client, new DateOnly(2026, 11, 22), stop),
            s => s.GetRequiredService<KeepFilesHandler>().List(client, 1, 5, stop),
        ];
        foreach (var section in sections)
        {
            await house.In(
                workspace,
                async services =>
                {
                    said.Forget();
                    await section(services);
                    said.Texts.Count.ShouldBe(1);
                }
            );
        }
    }
}
