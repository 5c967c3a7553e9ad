using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Diagnosis.Alerts;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>What the home page costs.</summary>
public sealed class ShowTodayTests
{
    [Theory, BothDatabases]
    public async Task The_home_page_asks_the_database_few_questions(string database)
    {
        var statements = new Statements();
        await using var there = await Alarmed.Open(
            database,
            services => services.AddSingleton<IInterceptor>(statements)
        );
        await there.Usual();
        await there.Picture();
        using var visitor = await there.House.SignedIn(there.Person);
        foreach (var page in new[] { "", "/weight", "/quiet", "/late", "/open", "/losses", "/loss", "/print" })
        {
            // The picture is there: what is counted is a page that shows it.
            (await visitor.Read($"{there.Here}/today{page}")).ShouldNotContain("Le diagnostic se calcule");
            statements.Forget();
            await visitor.Read($"{there.Here}/today{page}");
            statements.Texts.Count.ShouldBeInRange(1, 8, page + string.Join("\n\n", statements.Texts));
        }
    }

    [Theory, BothDatabases]
    public async Task The_pages_say_nothing_of_what_is_not_known(string database)
    {
        await using var there = await Alarmed.Open(database);
        using var visitor = await there.House.SignedIn(there.Person);
        // Half past midnight in Paris, where it is Tuesday already.
        there.Clock.Now = new(2026, 11, 23, 23, 30, 0, DateTimeKind.Utc);
        (await visitor.Read($"{there.Here}/today")).ShouldContain("24\u00a0novembre 2026");
        await there.Client("Verrerie de la Grève", 4_000, new(2026, 10, 1), 2);
        await Take(there, Look.Now);
        await Take(there, new Look(new DateOnly(2025, 11, 1), 12));
        (await visitor.Read($"{there.Here}/today?compare=1")).ShouldContain("il n’y a rien à comparer");
        await there.Client("Ancienne cliente", 300, new(2024, 1, 1), 2);
        await Take(there, Look.Now);
        // Without cash no time can be told, and who buys no more is not hidden from a list.
        (await visitor.Read($"{there.Here}/today/loss")).ShouldNotContain("plus de deux ans");
        (await visitor.Read($"{there.Here}/today/weight")).ShouldNotContain("premiers sont montrés");
        await Take(there, new Look(null, 6));
        (await visitor.Read($"{there.Here}/today/weight?months=6")).ShouldContain("CA 6\u00a0mois");
    }

    private static Task Take(Alarmed there, Look look) =>
        there.House.In(
            there.Workspace,
            async (IServiceProvider services) =>
            {
                await services
                    .GetRequiredService<TakePicture>()
                    .Do(
                        Alarmed.Run(TakePicture.Name, look == Look.Now ? null : look.ToString()),
                        null!,
                        TestContext.Current.CancellationToken
                    );
                await services.GetRequiredService<AppDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
}
