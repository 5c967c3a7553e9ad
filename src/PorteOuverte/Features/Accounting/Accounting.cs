using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting.AddEntry;
using PorteOuverte.Features.Accounting.ChooseColumns;
using PorteOuverte.Features.Accounting.DecideImport;
using PorteOuverte.Features.Accounting.GiveFiles;
using PorteOuverte.Features.Accounting.ImportFiles;
using PorteOuverte.Features.Accounting.ListFiles;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Features.Accounting.ShowImport;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Accounting;

/// <summary>The door of the accounting: the files that a business has already, and what they bring in.</summary>
public sealed class Accounting : Door
{
    public override IEnumerable<Command> Verbs(CultureInfo culture)
    {
        yield return ImportVerb.Verb(culture);
    }

    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        Work(services, settings);
        services.AddScoped<INameFiles, NameImportedFiles>();
        services.AddScoped<ListImportsHandler>();
        services.AddScoped<ShowImportHandler>();
        services.AddScoped<LookAtColumnsHandler>();
        services.AddScoped<ChooseColumnsHandler>();
        services.AddScoped<AddEntryHandler>();
        services.AddJob<SweepFiles.SweepFiles>("sweep-files", typeof(AccountingText), "0 50 2 * * ?");
        services.AddScoped<IBringToDos, ImportsToDecide>();
        services.AddAuditTexts<AccountingText>();
        services.AddAuditTexts<AddEntryText>();
    }

    /// <summary>What an import needs, in a server or without one.</summary>
    internal static void Work(IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton(AccountingSettings.Of(settings));
        services.AddScoped<FileStore>();
        services.AddScoped<Buyers>();
        services.AddScoped<SettleByHand>();
        services.AddScoped<InvoiceEntries>();
        services.AddScoped<GiveFilesHandler>();
        services.AddScoped<DecideImportHandler>();
        services.AddJob<TryImport.TryImport>(TryImport.TryImport.Name, typeof(AccountingText));
        services.AddJob<ReadBooks.ReadBooks>(ReadBooks.ReadBooks.Name, typeof(AccountingText));
    }

    public override void Routes(IEndpointRouteBuilder routes)
    {
        TakeUpload.Map(routes);
        RemoveEntry.Map(routes);
        routes.MapSheet("/e/{workspace}/accounting", Role.Reader, ListFiles.ListFiles.Table);
    }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        yield return new MenuEntry("accounting", AccountingText.In(culture)["accounting"], Role.Reader, 60, "receipt");
        foreach (var kind in EntryInput.Kinds)
        {
            yield return new MenuEntry(
                $"accounting/entries/new?kind={kind}",
                AddEntryText.In(culture)["new_" + kind],
                Role.Member,
                61,
                "plus",
                MenuPlace.Palette
            );
        }
    }
}
