using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
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
        await using var there = await Alarmed.Open(database, services => services.AddSingleton<IInterceptor>(statements));
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
}
