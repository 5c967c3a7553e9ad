using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.EditEngagement;
using PorteOuverte.Features.Clients.EnterHours;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Clients.Demo;

/// <summary>What the agency sells each of them, the hours it spends, and the reminders of what must be decided.</summary>
internal sealed class TellEngagements : ITellTheDemo
{
    private const int Weeks = 7;

    public IEnumerable<Scene> Tell(DemoStory story)
    {
        yield return new Scene(
            story.At(story.DaysInUse - 2, 14, 10),
            async (services, stop) =>
            {
                var codes = await services.Clients(stop);
                foreach (var sold in Sold.All)
                {
                    await services
                        .GetRequiredService<EditEngagementHandler>()
                        .Add(codes[sold.Code], Form(sold, story), stop);
                }
            }
        );
        yield return new Scene(story.At(3, 11, 25), (services, stop) => Count(story, services, stop)) { By = "Malik" };
        // The job of the nights does it by itself; here on a few of them.
        for (var week = Weeks; week >= 0; week--)
        {
            yield return new Scene(story.At((week * 7) + 1, 3, 30), Remind);
        }
        yield return new Scene(story.At(0, 0, 1), Remind);
    }

    internal static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static EditEngagement.EditEngagement Form(Sold sold, DemoStory story) =>
        new(
            sold.Name,
            sold.Kind,
            Cast.Of(sold.Code).Line,
            story.Person(sold.Lead).ToString(),
            sold.Rate.ToString(CultureInfo.InvariantCulture),
            sold.Unit,
            null,
            Day(story.Today.AddDays(-sold.Since)),
            Day(End(sold, story.Today)),
            sold.Notice?.ToString(CultureInfo.InvariantCulture),
            sold.Renewal?.ToString(CultureInfo.InvariantCulture),
            0
        );

    private static DateOnly? End(Sold sold, DateOnly today) =>
        sold.Ends switch
        {
            Ends.In => today.AddDays(sold.Days),
            Ends.DecideIn => today.AddDays(sold.Days).AddMonths(sold.Notice ?? 0),
            _ => null,
        };

    // So much in a month for what it brings, more in spring and autumn; whoever is dear to us takes more than they pay for.
    private static async Task Count(DemoStory story, IServiceProvider services, CancellationToken stop)
    {
        const int MinutesForAHundredEuros = 72;
        var codes = await services.Clients(stop);
        var month = new DateOnly(story.Yesterday.Year, story.Yesterday.Month, 1);
        var read = new List<ReadHours.Month>();
        foreach (
            var (place, sold) in Sold.All.Index().Where(s => s.Item.Unit == RateUnit.Month).DistinctBy(s => s.Item.Code)
        )
        {
            for (var back = 12; back >= 1; back--)
            {
                var season = 80 + (((place * 5) + (back * 7)) % 40) + (month.AddMonths(-back).Month is 8 ? -45 : 0);
                var minutes = sold.Rate * MinutesForAHundredEuros / 100 * season / 100;
                read.Add(new ReadHours.Month(codes[sold.Code], month.AddMonths(-back), minutes / 15 * 15));
            }
        }
        await services.GetRequiredService<EnterHoursHandler>().Save(read, stop);
    }

    private static async Task Remind(IServiceProvider services, CancellationToken stop)
    {
        services.GetRequiredService<JobQueue>().Ask<RemindNotice.RemindNotice>();
        await services.GetRequiredService<AppDb>().SaveChangesAsync(stop);
    }
}
