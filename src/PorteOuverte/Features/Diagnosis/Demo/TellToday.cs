using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Diagnosis.ChooseCharges;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Features.Diagnosis.SendWeekly;
using PorteOuverte.Features.Diagnosis.SnoozeAlert;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Diagnosis.Demo;

/// <summary>What the agency has decided about its figures: a charge that follows the sales, a weight it has chosen to bear, and a mail on Mondays.</summary>
internal sealed class TellToday : ITellTheDemo
{
    private const string Subcontracting = "611";
    private const string LongContract = "TROISCLO";

    public IEnumerable<Scene> Tell(DemoStory story)
    {
        yield return new Scene(
            story.AtWork(story.DaysInUse - 6, 11, 20),
            async (services, stop) =>
                await services
                    .GetRequiredService<ChooseChargesHandler>()
                    .Handle(
                        new ChooseCharges.ChooseCharges(
                            [Subcontracting],
                            DiagnosisSettings.UsualLeastMonths,
                            Version: 0
                        ),
                        stop
                    )
        );
        yield return new Scene(
            story.AtWork(25, 9, 40),
            (services, stop) => services.GetRequiredService<ChooseWeeklyHandler>().Handle(wants: true, stop)
        )
        {
            By = "Inès",
        };
        yield return new Scene(story.AtWork(4, 15, 10), Rest);
        for (var ago = 1; ago <= 14; ago++)
        {
            if (story.Today.AddDays(-ago).DayOfWeek == DayOfWeek.Monday)
            {
                yield return new Scene(story.At(ago, 7, 5), Write);
            }
        }
    }

    private static async Task Rest(IServiceProvider services, CancellationToken stop)
    {
        var db = services.GetRequiredService<AppDb>();
        var weight = await db
            .Alerts.Where(a => a.EndedAt == null && a.Kind == AlertKind.Weight)
            .Where(a => db.ClientCodes.Any(c => c.ClientId == a.ClientId && c.Code == LongContract))
            .Select(a => a.Id)
            .FirstOrDefaultAsync(stop);
        if (weight != default)
        {
            await services
                .GetRequiredService<SnoozeAlertHandler>()
                .Handle(
                    weight,
                    new SnoozeAlert.SnoozeAlert(
                        "Contrat signé pour trois ans\u00A0: ce poids est choisi. À revoir dans trois mois.",
                        AlertRest.Quarter,
                        Day: null
                    ),
                    stop
                );
        }
    }

    private static async Task Write(IServiceProvider services, CancellationToken stop)
    {
        services.GetRequiredService<JobQueue>().Ask<SendWeekly.SendWeekly>();
        await services.GetRequiredService<AppDb>().SaveChangesAsync(stop);
    }
}
