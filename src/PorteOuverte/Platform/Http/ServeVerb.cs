using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Data.Backup;

namespace PorteOuverte.Platform.Http;

/// <summary><c>porte serve</c>: opens the data, brings its schema up to date, answers until it is stopped.</summary>
public static class ServeVerb
{
    public static Command Verb<TRoot>(CultureInfo culture, IReadOnlyList<Door> doors)
        where TRoot : IComponent
    {
        var texts = new Texts(typeof(HttpText), culture);
        var urls = new Option<string?>("--urls")
        {
            Description = texts["optionUrls"],
            HelpName = ServerSettings.DefaultUrls,
        };
        var data = new Option<string?>("--data") { Description = texts["optionData"], HelpName = "data" };
        var database = new Option<string?>("--database") { Description = texts["optionDatabase"] };
        var demo = new Option<bool>("--demo") { Description = texts["optionDemo"] };
        var reset = new Option<bool>("--reset") { Description = texts["optionReset"] };
        var verb = new Command("serve", texts["verbServe"])
        {
            urls,
            data,
            database,
            demo,
            reset,
            CommandLine.Language(texts["optionLanguage"]),
        };
        verb.SetAction(
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(demo))
                {
                    if (parsed.GetValue(database) is not null)
                    {
                        throw new Refusal(texts["demoDatabase"]);
                    }
                    await Show<TRoot>(
                        DemoHouse.Settings(parsed.GetValue(urls), parsed.GetValue(data)),
                        doors,
                        parsed.GetValue(reset),
                        texts,
                        cancellation
                    );
                    return ExitCode.Done;
                }
                if (parsed.GetValue(reset))
                {
                    throw new Refusal(texts["resetWithoutDemo"]);
                }
                var settings = ServerSettings.Read(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Urls"] = parsed.GetValue(urls),
                        ["Data"] = parsed.GetValue(data),
                        ["Database"] = parsed.GetValue(database),
                    }
                );
                await Serve<TRoot>(settings, doors, texts, cancellation);
                return ExitCode.Done;
            }
        );
        return verb;
    }

    private static async Task Serve<TRoot>(
        IConfigurationRoot settings,
        IReadOnlyList<Door> doors,
        Texts texts,
        CancellationToken cancellation
    )
        where TRoot : IComponent
    {
        var database = Database.Of(settings);
        if (DemoHouse.IsThere(database))
        {
            throw new Refusal(texts.Format("dataOfDemo", database.Folder));
        }
        await using var app = Server.Build<TRoot>(settings, doors);
        await using var inUse = await DataInUse.ByServer(app.Services.GetRequiredService<Database>(), cancellation);
        await Answer(app, texts, [], cancellation);
    }

    /// <summary>The demonstration: told where there is none yet, or anew.</summary>
    private static async Task Show<TRoot>(
        IConfigurationRoot settings,
        IReadOnlyList<Door> doors,
        bool anew,
        Texts texts,
        CancellationToken cancellation
    )
        where TRoot : IComponent
    {
        var database = Database.Of(settings);
        await using var inUse = await DataInUse.ByServer(database, cancellation);
        if (anew || DemoHouse.ToldOn(settings) is null)
        {
            await DemoHouse.Make<TRoot>(settings, doors, cancellation);
        }
        await using var app = Server.Build<TRoot>(settings, doors, DemoHouse.Services<TRoot>(settings, doors));
        var told = DemoHouse.ToldOn(settings)!.Value;
        var isOld = told < Workspace.Day(TimeProvider.System.GetUtcNow().UtcDateTime, "Europe/Paris");
        string[] words = [texts.Format("demoServing", database.Folder)];
        if (isOld)
        {
            words = [.. words, texts.Format("demoOld", texts.Figures.Date(told.AddDays(-1)))];
        }
        await Answer(app, texts, words, cancellation);
    }

    private static async Task Answer(
        WebApplication app,
        Texts texts,
        IReadOnlyList<string> more,
        CancellationToken cancellation
    )
    {
        var schema = app.Services.GetRequiredService<Schema>();
        await schema.Upgrade(app.Services.GetRequiredService<Backups>().BeforeUpgrade, cancellation: cancellation);
        await schema.RefuseTooStrongARole(cancellation);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            throw new Refusal(
                texts.Format("cannotListen", app.Services.GetRequiredService<ServerSettings>().Urls, e.Message)
            );
        }
        await Console.Out.WriteLineAsync(
            texts.Format("serving", app.Services.GetRequiredService<ServerSettings>().PublicUrl.ToString().TrimEnd('/'))
        );
        foreach (var sentence in more)
        {
            await Console.Out.WriteLineAsync(sentence);
        }
        if (app.Services.GetRequiredService<ServerSettings>().LacksProxy)
        {
            await Console.Error.WriteLineAsync(texts["noTrustedProxy"]);
        }
        // What starting left behind goes back at once: a quiet server might not collect for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await app.WaitForShutdownAsync(cancellation);
    }
}
