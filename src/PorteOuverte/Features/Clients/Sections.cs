using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.EditContact;
using PorteOuverte.Features.Clients.EditEngagement;
using PorteOuverte.Features.Clients.EnterHours;
using PorteOuverte.Features.Clients.KeepFiles;
using PorteOuverte.Features.Clients.RemindNotice;
using PorteOuverte.Features.Clients.WriteNote;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;
using PorteOuverte.Ui.Search;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Clients;

/// <summary>What the sections of a client's sheet bring to the door: contacts, engagements, notes, hours, files.</summary>
internal static class Sections
{
    public static IServiceCollection AddSections(this IServiceCollection services)
    {
        services.AddScoped<EditContactHandler>().AddScoped<IFind, FindContacts>().AddAuditTexts<ContactsText>();
        services.AddScoped<WriteNoteHandler>().AddAuditTexts<NotesText>();
        services.AddScoped<EditEngagementHandler>().AddAuditTexts<EngagementsText>();
        services.AddJob<RemindNotice.RemindNotice>(
            RemindNotice.RemindNotice.Name,
            typeof(RemindNoticeText),
            "0 30 4 * * ?"
        );
        services.AddScoped<IBringToDos, NoticesToDecide>();
        services.AddScoped<EnterHoursHandler>().AddScoped<ImportHoursHandler>().AddAuditTexts<HoursText>();
        services.AddScoped<KeepFilesHandler>().AddAuditTexts<FilesText>();
        return services;
    }

    public static void MapSections(this IEndpointRouteBuilder routes)
    {
        routes.MapRemoval<EditContactHandler, Contact>(
            "/e/{workspace}/contacts/{id}",
            Role.Member,
            () => ContactsText.Current["contactRemoved"],
            (handler, id, stop) => handler.Remove(id, stop),
            (handler, id, stop) => handler.Restore(id, stop)
        );
        FileRoutes.Map(routes);
        routes.MapSheet("/e/{workspace}/engagements", Role.Reader, ListEngagements.ListEngagements.Table);
        routes.MapRemoval<EditEngagementHandler, Engagement>(
            "/e/{workspace}/engagements/{id}",
            Role.Member,
            () => EngagementsText.Current["engagementRemoved"],
            (handler, id, stop) => handler.Remove(id, stop),
            (handler, id, stop) => handler.Restore(id, stop)
        );
        routes.MapRemoval<WriteNoteHandler, ClientNote>(
            "/e/{workspace}/notes/{id}",
            Role.Member,
            () => NotesText.Current["noteRemoved"],
            (handler, id, stop) => handler.Remove(id, stop),
            (handler, id, stop) => handler.Restore(id, stop)
        );
    }

    public static IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        yield return new MenuEntry(
            "engagements",
            EngagementsText.In(culture)["engagements"],
            Role.Reader,
            12,
            "briefcase"
        );
    }
}
