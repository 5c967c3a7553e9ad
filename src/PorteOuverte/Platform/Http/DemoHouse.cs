using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Http;

/// <summary>A server of the demonstration: for this machine alone, over data of its own that is made whenever one likes.</summary>
public static class DemoHouse
{
    public const string Folder = "demo";
    private const string ToldFile = "told";
    private const string DraftFolder = "draft";

    /// <summary>Nothing of the settings of a true server is read: neither its data nor its mails are within reach.</summary>
    /// <param name="data">Where the true data would be; that of the demonstration is in a folder of its own in it.</param>
    /// <exception cref="Refusal">The address can be reached from elsewhere.</exception>
    public static IConfigurationRoot Settings(string? urls, string? data)
    {
        urls ??= Variable("URLS") ?? ServerSettings.DefaultUrls;
        foreach (var url in urls.Split(';'))
        {
            // By the name as the server itself reads it: « loopback » would be this machine to some, and any to others.
            if (!Demonstration.Names.Contains(Host(url), StringComparer.OrdinalIgnoreCase))
            {
                throw new Refusal(HttpText.Current.Format("demoElsewhere", url));
            }
        }
        return new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Urls"] = urls,
                    ["Data"] = Path.Combine(data ?? Variable("DATA") ?? "data", Folder),
                    ["Development"] = Variable("DEVELOPMENT"),
                }
            )
            .Build();
    }

    /// <summary>What a server of the demonstration has beside the others.</summary>
    public static Action<IServiceCollection> Services<TRoot>(IConfiguration settings, IReadOnlyList<Door> doors)
        where TRoot : IComponent =>
        services =>
        {
            services.AddSingleton(new Demonstration(stop => Make<TRoot>(settings, doors, stop)));
            services.AddHostFiltering(filter => filter.AllowedHosts = [.. Demonstration.Names]);
            // A true server on the same machine, at another port, shares the browser's cookies: nobody is signed out there.
            services.PostConfigureAll<CookieAuthenticationOptions>(options => options.Cookie.Name += "-demo");
            services.PostConfigure<AntiforgeryOptions>(options => options.Cookie.Name += "-demo");
        };

    /// <summary>Whether a folder holds a demonstration, whole or begun: no true data then.</summary>
    public static bool IsThere(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return File.Exists(Path.Combine(database.Folder, ToldFile));
    }

    /// <summary>Whether there is a story, and on which day it was told.</summary>
    public static DateOnly? ToldOn(IConfiguration settings)
    {
        var told = Path.Combine(Database.Of(settings).Folder, ToldFile);
        return File.Exists(told) && DateOnly.TryParse(File.ReadAllText(told), CultureInfo.InvariantCulture, out var day)
            ? day
            : null;
    }

    /// <summary>Tells the story into a draft, and puts it in the place of what is there once it is whole.</summary>
    /// <exception cref="Refusal">What is there is no demonstration.</exception>
    public static async Task Make<TRoot>(
        IConfiguration settings,
        IReadOnlyList<Door> doors,
        CancellationToken cancellation
    )
        where TRoot : IComponent
    {
        var live = Database.Of(settings);
        var folder = live.Folder;
        var draft = Path.Combine(folder, DraftFolder);
        var told = Path.Combine(folder, ToldFile);
        if (File.Exists(live.File) && !IsThere(live))
        {
            throw new Refusal(HttpText.Current.Format("demoOverData", folder));
        }
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }
        var own = new ConfigurationBuilder()
            .AddConfiguration(settings)
            .AddInMemoryCollection([new("Data", draft)])
            .Build();
        await using (var app = Server.Build<TRoot>(own, doors, Draft))
        {
            await app.Services.GetRequiredService<Schema>().Upgrade(cancellation: cancellation);
            var story = await DemoStage.Play(
                app.Services,
                Workspace.Day(TimeProvider.System.GetUtcNow().UtcDateTime, "Europe/Paris"),
                cancellation
            );
            await (await app.Services.GetRequiredService<TheScheduler>().Built).Shutdown(
                cancellationToken: cancellation
            );
            if (!IsThere(live))
            {
                // Before the first data: a start that finds it without a day tells the story anew.
                Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(told, "", cancellation);
            }
            PutInPlace(app.Services.GetRequiredService<Database>(), live);
            await File.WriteAllTextAsync(told, story.Today.ToString("O", CultureInfo.InvariantCulture), cancellation);
        }
        Directory.Delete(draft, recursive: true);
    }

    internal static void Map(WebApplication app) =>
        app.MapPost(
                "/demo/reset",
                async ([FromForm] IFormCollection _, Demonstration demonstration) =>
                {
                    // To its end, whoever closes the page meanwhile.
                    await demonstration.BeginAnew(CancellationToken.None);
                    return Results.LocalRedirect("/");
                }
            )
            .WithMetadata(new SignedInAttribute());

    private static void Draft(IServiceCollection services)
    {
        DemoStage.Services(services);
        services.AddScoped<IInterceptor, Hasty>();
    }

    // All pages in one transaction, also under the connections of a server that runs.
    private static void PutInPlace(Database draft, Database live)
    {
        SqliteConnection.ClearAllPools();
        using var from = new SqliteConnection(Database.SqliteConnection(draft.File, pooling: false));
        using var to = new SqliteConnection(Database.SqliteConnection(live.File, pooling: false));
        from.Open();
        to.Open();
        // Whoever writes at this moment is waited for.
        using var patience = to.CreateCommand();
        patience.CommandText = "pragma busy_timeout = 60000";
        patience.ExecuteNonQuery();
        from.BackupDatabase(to);
    }

    private static string? Host(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Host;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable("PORTE_" + name) is { Length: > 0 } value ? value : null;

    /// <summary>A draft that a power cut spoils is made anew: no line of it waits for the disk.</summary>
    private sealed class Hasty : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma synchronous = off";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
