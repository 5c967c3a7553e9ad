using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PorteOuverte.Features.Accounting.DecideImport;
using PorteOuverte.Features.Accounting.GiveFiles;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounting.ImportFiles;

/// <summary><c>porte import FILE…</c>: the same import as on the page, said in a terminal.</summary>
internal static class ImportVerb
{
    public static Command Verb(CultureInfo culture)
    {
        var texts = AccountingText.In(culture);
        var files = new Argument<string[]>("FILE")
        {
            Description = texts["argumentFiles"],
            Arity = ArgumentArity.OneOrMore,
        };
        var workspace = new Option<string?>("--workspace") { Description = texts["optionWorkspace"], HelpName = "N" };
        var data = new Option<string?>("--data") { Description = texts["optionData"], HelpName = "data" };
        var yes = new Option<bool>("--yes") { Description = texts["optionYes"] };
        var other = new Option<bool>("--other-company") { Description = texts["optionOther"] };
        var verb = new Command("import", texts["verbImport"])
        {
            files,
            workspace,
            data,
            yes,
            other,
            CommandLine.Language(texts["optionLanguage"]),
        };
        verb.SetAction(
            async (parsed, cancellation) =>
            {
                var settings = ServerSettings.Read(parsed.GetValue(data));
                var output = parsed.InvocationConfiguration.Output;
                return await Run(
                    settings,
                    parsed.GetRequiredValue(files),
                    parsed.GetValue(workspace),
                    parsed.GetValue(yes),
                    parsed.GetValue(other),
                    texts,
                    output,
                    cancellation
                );
            }
        );
        return verb;
    }

    private static async Task<int> Run(
        IConfiguration settings,
        string[] files,
        string? workspace,
        bool yes,
        bool other,
        Texts texts,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var database = Database.Of(settings);
        if (database.IsSqlite && !File.Exists(database.File))
        {
            throw new Refusal(texts.Format("noData", database.Folder));
        }
        if (Array.Find(files, f => !File.Exists(f)) is { } missing)
        {
            throw new Refusal(texts.Format("noSuchFile", missing));
        }
        // Beside a server on one file, the server does the work; else this process does it.
        await using var inUse = await Free(database, cancellation);
        using var host = Host(settings, database, works: inUse is not null);
        try
        {
            await host.StartAsync(cancellation);
            try
            {
                var id = await Workspace(host.Services, workspace, texts, cancellation);
                return await Import(host.Services, id, files, yes, other, texts, output, cancellation);
            }
            finally
            {
                await host.StopAsync(CancellationToken.None);
            }
        }
        catch (DbException e)
        {
            throw new Refusal(texts.Format("cannotRead", e.Message));
        }
    }

    private static async Task<DataInUse?> Free(Database database, CancellationToken cancellation)
    {
        try
        {
            return await DataInUse.ByServer(database, cancellation);
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private static IHost Host(IConfiguration settings, Database database, bool works)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var services = builder.Services;
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        var server = ServerSettings.Of(settings);
        services.AddSingleton(server);
        services.AddData(database);
        services.AddSecurity(server.PublicUrl);
        services.AddAudit();
        services.AddMail(MailSettings.Of(settings, server.PublicUrl, database.Folder));
        Clients.Clients.Figures(services);
        Accounting.Work(services, settings);
        services.AddJobs(database, start: works);
        return builder.Build();
    }

    private static async Task<Id<Workspace>> Workspace(
        IServiceProvider services,
        string? name,
        Texts texts,
        CancellationToken cancellation
    )
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var all = await db
            .Memberships.Select(m => new { m.WorkspaceId, m.WorkspaceName })
            .Distinct()
            .ToListAsync(cancellation);
        var asked = all.FindAll(w => name is null || PlainLetters.Of(w.WorkspaceName) == PlainLetters.Of(name))
            .ConvertAll(w => w.WorkspaceId)
            .Distinct()
            .ToList();
        return asked.Count == 1
            ? asked[0]
            : throw new Refusal(
                texts.Format("whichWorkspace", string.Join(", ", all.Select(w => w.WorkspaceName).Distinct().Order()))
            );
    }

    private static async Task<int> Import(
        IServiceProvider services,
        Id<Workspace> workspace,
        string[] files,
        bool yes,
        bool other,
        Texts texts,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        async Task<T> In<T>(Func<IServiceProvider, Task<T>> work)
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(workspace);
            return await work(scope.ServiceProvider);
        }
        var id = await In(s => s.GetRequiredService<GiveFilesHandler>().Handle(Opened(files), cancellation));
        ImportPlan plan;
        while (true)
        {
            var tried = await Ended(id);
            if (tried.State == ImportState.Mapping)
            {
                throw new Refusal(texts["columnsFirst"]);
            }
            if (tried.State != ImportState.Ready)
            {
                throw new Refusal(texts["failed"]);
            }
            plan = ImportPlan.Read(tried.Plan!);
            await PlanInWords.Write(output, plan, texts);
            var isAgreed = yes || (!plan.ChangesNothing && Asked(texts));
            if (plan.ChangesNothing || !isAgreed)
            {
                await In(async s =>
                {
                    await s.GetRequiredService<DecideImportHandler>().Handle(new GiveUpImport(id), cancellation);
                    return true;
                });
                await output.WriteLineAsync(texts[plan.ChangesNothing ? "nothingToImport" : "notImported"]);
                return plan.ChangesNothing && plan.Files.Any(f => f.Fate == FileFate.Unreadable)
                    ? ExitCode.Refused
                    : ExitCode.Done;
            }
            var apply = new ApplyImport(id, other);
            if (await In(s => s.GetRequiredService<DecideImportHandler>().Handle(apply, cancellation)))
            {
                break;
            }
            await output.WriteLineAsync(texts["triedAgain"]);
        }
        var done = await Ended(id);
        if (done.State != ImportState.Done)
        {
            throw new Refusal(texts["failed"]);
        }
        await output.WriteLineAsync(texts["title_Done"]);
        return plan.Files.Any(f => f.Fate == FileFate.Unreadable) ? ExitCode.DoneInPart : ExitCode.Done;

        async Task<Import> Ended(Id<Import> import)
        {
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (true)
            {
                var (now, run) = await In(async s =>
                {
                    var db = s.GetRequiredService<AppDb>();
                    var found = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == import, cancellation);
                    return (
                        found,
                        await db.JobRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == found.Run, cancellation)
                    );
                });
                if (!now.IsUnderWay || run is { State: JobState.Failed or JobState.Cancelled })
                {
                    return now;
                }
                await beat.WaitForNextTickAsync(cancellation);
            }
        }
    }

    private static bool Asked(Texts texts)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }
        Console.Error.Write(texts["importNow"]);
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "O" or "OUI" or "Y" or "YES";
    }

    private static async IAsyncEnumerable<GivenFile> Opened(string[] files)
    {
        foreach (var file in files)
        {
            await using var content = File.OpenRead(file);
            yield return new GivenFile(Path.GetFileName(file), content);
        }
    }
}
