using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting.ReadBooks;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Diagnosis.ChooseCharges;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.ListAlerts;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Features.Diagnosis.SendWeekly;
using PorteOuverte.Features.Diagnosis.ShowToday;
using PorteOuverte.Features.Diagnosis.SnoozeAlert;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>The door of the diagnosis: what the feature brings to the product.</summary>
public sealed class Diagnosis : Door
{
    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<PastBooks>();
        services.AddScoped<PortfolioFrom>();
        services.AddScoped<PictureOf>();
        services.AddScoped<ShowTodayHandler>();
        services.AddScoped<ChooseChargesHandler>();
        services.AddAuditTexts<TodayText>();
        services.AddScoped<IFollowMoney, FollowMoney>();
        services.AddJob<TakePicture.TakePicture>(TakePicture.TakePicture.Name, typeof(DiagnosisText), "0 10 3 * * ?");
        services.AddScoped<RaiseAlertsHandler>();
        services.AddScoped<SnoozeAlertHandler>();
        services.AddScoped<ChooseWeeklyHandler>();
        services.AddScoped<IBringToDos, AlertsToDo>();
        services.AddJob<SendWeekly.SendWeekly>(SendWeekly.SendWeekly.Name, typeof(WeeklyText), "0 50 3 * * ?");
        services.AddAuditTexts<AlertsText>();
        services.AddAuditTexts<WeeklyText>();
    }

    public override void Routes(IEndpointRouteBuilder routes)
    {
        ShowTodayHandler.Map(routes);
        routes.MapSheet(
            "/e/{workspace}/alerts",
            Role.Reader,
            (http, _) =>
                Task.FromResult<TableOf<AlertRow>?>(
                    ListAlerts.ListAlerts.Table(
                        http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime
                    )
                )
        );
    }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        yield return new MenuEntry(
            "today",
            TodayText.In(culture)["today"],
            Role.Reader,
            10,
            "home",
            Also: ["alerts", "charges"]
        );
        yield return new MenuEntry(
            "charges",
            TodayText.In(culture)["charges"],
            Role.Manager,
            10,
            "adjustments",
            MenuPlace.Palette
        );
        yield return new MenuEntry(
            "alerts",
            AlertsText.In(culture)["alerts"],
            Role.Reader,
            10,
            "bell",
            MenuPlace.Palette
        );
        yield return new MenuEntry(
            "account/weekly",
            WeeklyText.In(culture)["weekly"],
            Role.Reader,
            10,
            "mail",
            MenuPlace.Palette
        );
    }

    public override IEnumerable<Command> Verbs(CultureInfo culture)
    {
        yield return DiagnoseVerb.Verb(new Texts(typeof(DiagnosisText), culture));
        yield return MakeSampleVerb.Verb(new Texts(typeof(SampleText), culture));
    }

    /// <summary>What the program is, for the head of its help.</summary>
    public static string Description(CultureInfo culture) => new Texts(typeof(DiagnosisText), culture)["program"];
}
