using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Settings.AskJob;
using PorteOuverte.Features.Settings.BackUpData;
using PorteOuverte.Features.Settings.DecideMail;
using PorteOuverte.Features.Settings.EditWorkspace;
using PorteOuverte.Features.Settings.ListJobs;
using PorteOuverte.Features.Settings.ReadAudit;
using PorteOuverte.Features.Settings.ReadMail;
using PorteOuverte.Features.Settings.RestoreData;
using PorteOuverte.Features.Settings.SendTestMail;
using PorteOuverte.Features.Settings.VerifyAudit;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data.Backup;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Settings;

/// <summary>The door of the settings: how the house is held.</summary>
public sealed class Settings : Door
{
    public override IEnumerable<Command> Verbs(CultureInfo culture)
    {
        yield return BackUpDataVerb.Verb(new Texts(typeof(BackupText), culture));
        yield return RestoreDataVerb.Verb(new Texts(typeof(BackupText), culture));
        yield return VerifyAuditVerb.Verb(culture);
    }

    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<EditWorkspaceHandler>();
        services.AddAuditTexts<EditWorkspaceText>();
        services.AddScoped<ListJobsHandler>();
        services.AddScoped<AskJobHandler>();
        services.AddAuditTexts<SettingsText>();
        services.AddScoped<ReadAuditHandler>();
        services.AddScoped<ReadMailHandler>();
        services.AddScoped<DecideMailHandler>();
        services.AddScoped<SendTestMailHandler>();
    }

    public override void Routes(IEndpointRouteBuilder routes)
    {
        AskJobHandler.Map(routes);
        ExportAudit.Map(routes);
        routes.MapSheet("/e/{workspace}/settings/mail", Role.Owner, ListMails.ListMails.Table);
    }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        var texts = new Texts(typeof(SettingsText), culture);
        yield return new MenuEntry("settings", texts["settings"], Role.Reader, 90, "settings");
        foreach (
            var (address, key, least, icon) in new[]
            {
                ("settings/workspace", "workspace", Role.Manager, "adjustments"),
                ("settings/mail", "mails", Role.Owner, "mail"),
                ("settings/jobs", "jobs", Role.Owner, "clock"),
                ("settings/audit", "audit", Role.Owner, "clipboard-list"),
            }
        )
        {
            yield return new MenuEntry(address, texts[key], least, 91, icon, MenuPlace.Palette);
        }
    }
}
