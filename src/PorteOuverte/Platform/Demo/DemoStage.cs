using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Demo;

/// <summary>Plays the story into empty data: scene after scene, through the same handlers, jobs and mails as in life.</summary>
internal static class DemoStage
{
    public static void Services(IServiceCollection services)
    {
        services.AddSingleton<DemoClock>();
        // What happened years ago belongs in no log of today.
        services.Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Warning);
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DemoClock>());
    }

    /// <param name="services">Of a house that has <see cref="Services"/> and does nothing by itself.</param>
    /// <param name="today">The day it is told on.</param>
    public static async Task<DemoStory> Play(IServiceProvider services, DateOnly today, CancellationToken cancellation)
    {
        var story = new DemoStory(today);
        var clock = services.GetRequiredService<DemoClock>();
        // What the house writes for all is in the language of the story.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
        var scenes = typeof(ITellTheDemo)
            .Assembly.GetTypes()
            .Where(t => t.IsClass && t.IsAssignableTo(typeof(ITellTheDemo)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal)
            .SelectMany(t => ((ITellTheDemo)Activator.CreateInstance(t)!).Tell(story));
        foreach (var scene in scenes.OrderBy(s => s.At))
        {
            clock.Now = scene.At;
            await In(services, story, scene.By ?? story.Owner, own => scene.Play(own, cancellation));
            await Work(services, story, clock, cancellation);
        }
        return story;
    }

    // What a scene asked for is done before the next one, by nobody in particular.
    private static async Task Work(
        IServiceProvider services,
        DemoStory story,
        DemoClock clock,
        CancellationToken cancellation
    )
    {
        List<string> runs = [];
        await In(
            services,
            story,
            null,
            async own =>
                runs = await own.GetRequiredService<AppDb>()
                    .JobRuns.Where(r => r.State == JobState.Queued)
                    .OrderBy(r => r.CreatedAt)
                    .Select(r => r.Id.ToString())
                    .ToListAsync(cancellation)
        );
        foreach (var run in runs)
        {
            await In(
                services,
                story,
                null,
                own =>
                    own.GetRequiredKeyedService<IErrand>(RunErrand.Name)
                        .Run(new ErrandCall(run, clock.Now, "demo"), cancellation)
            );
        }
        await In(services, story, null, own => own.GetRequiredService<MailDelivery>().Deliver(cancellation));
    }

    private static async Task In(
        IServiceProvider services,
        DemoStory story,
        string? by,
        Func<IServiceProvider, Task> work
    )
    {
        await using var scope = services.CreateAsyncScope();
        if (story.Workspace is { } workspace)
        {
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(workspace);
            if (by is not null)
            {
                story.Enter(scope.ServiceProvider.GetRequiredService<CurrentMember>(), by);
            }
        }
        await work(scope.ServiceProvider);
    }
}
