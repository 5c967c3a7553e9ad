using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.DecideImport;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.RemindNotice;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.Diagnosis.Alerts;

/// <summary>What features put on the home page.</summary>
[InFrench]
public sealed class ToDosTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Each_asks_the_database_once(string database)
    {
        var said = new Statements();
        await using var house = await House.Open(database, services => services.AddSingleton<IInterceptor>(said));
        var (workspace, _) = await house.NewWorkspace();
        await house.In(
            workspace,
            async (IServiceProvider services) =>
            {
                services.GetRequiredService<CurrentMember>().Take(Role.Owner, "Claire", "Atelier Véga");
                foreach (var bringer in services.GetServices<IBringToDos>())
                {
                    said.Forget();
                    (await bringer.ToDos(6, Stop)).ShouldBeEmpty();
                    said.Texts.Count.ShouldBe(1, bringer.GetType().Name);
                }
            }
        );
    }

    [Theory, BothDatabases]
    public async Task A_notice_to_decide_on_within_a_month_stands_there(string database)
    {
        await using var there = await Alarmed.Open(database);
        var client = new Client("Chocolaterie du Chêne", Alarmed.Monday);
        Engagement Ending(string name, DateOnly end, int? renewal)
        {
            var engagement = new Engagement(client.Id);
            engagement.Describe(name, EngagementKind.Retainer, null, null);
            engagement.Last(null, end, null, renewal);
            engagement.Follow(new DateOnly(2026, 11, 23));
            return engagement;
        }
        var renewing = Ending("Maintenance", new(2026, 12, 20), 12);
        await there.Change(db =>
        {
            db.Add(client);
            db.AddRange(renewing, Ending("Étude", new(2026, 11, 25), null), Ending("Loin", new(2027, 3, 1), null));
            return Task.CompletedTask;
        });
        var todos = await Of<NoticesToDecide>(there, Role.Reader);
        todos
            .Select(t => (t.Level, t.Text))
            .ShouldBe([
                (
                    Level.Danger,
                    "Décidez de la suite de «\u00A0Étude\u00A0» chez Chocolaterie du Chêne avant le 25\u00A0novembre 2026"
                ),
                (
                    Level.Watch,
                    "Décidez de «\u00A0Maintenance\u00A0» chez Chocolaterie du Chêne avant le 20\u00A0décembre 2026\u00A0: sans un mot de vous, la mission repart"
                ),
            ]);
        todos[0].More.ShouldBe("Il reste 2\u00A0jours");
        todos[1].Address.ShouldBe($"{there.Here}/engagements/{renewing.Id}");
    }

    [Theory, BothDatabases]
    public async Task An_import_that_waits_is_told_to_those_who_decide(string database)
    {
        await using var there = await Alarmed.Open(database);
        var import = new Import(null, Alarmed.Monday);
        import.AskColumns();
        await there.Change(db =>
        {
            db.Add(import);
            db.AddRange(new ImportedFile(import.Id, "factures.csv"), new ImportedFile(import.Id, "avoirs.csv"));
            return Task.CompletedTask;
        });
        (await Of<ImportsToDecide>(there, Role.Member)).ShouldBeEmpty();
        var todo = (await Of<ImportsToDecide>(there, Role.Manager)).ShouldHaveSingleItem();
        todo.Text.ShouldBe("Dites ce que contiennent les colonnes de avoirs.csv et 1\u00A0autre fichier");
        (todo.More, todo.Action).ShouldBe(
            ("Déposé le 23/11/2026\u00A0à\u00A07\u00A0h\u00A000", "Choisir les colonnes")
        );
        todo.Address.ShouldBe($"{there.Here}/accounting/imports/{import.Id}");
    }

    private static async Task<IReadOnlyList<ToDo>> Of<T>(Alarmed there, Role role)
        where T : IBringToDos
    {
        IReadOnlyList<ToDo> found = [];
        await there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
            {
                services.GetRequiredService<CurrentMember>().Take(role, "Claire", "Atelier Véga");
                found = await services.GetServices<IBringToDos>().OfType<T>().Single().ToDos(6, Stop);
            }
        );
        return found;
    }
}
