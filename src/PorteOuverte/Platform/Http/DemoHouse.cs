using System.Data.Common;
using System.Globalization;
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
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
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
        };

    /// <summary>Whether there is a story, and on which day it was told.</summary>
    public static DateOnly? ToldOn(IConfiguration settings)
    {
        var told = Path.Combine(Database.Of(settings).Folder, ToldFile);
        return File.Exists(told) && DateOnly.TryParse(File.ReadAllText(told), CultureInfo.InvariantCulture, out var day)
            ? day
            : null;
    }

    /// <summary>Tells the story into a draft, and puts it in the place of what is there once it is whole.</summary>
    public static async Task Make<TRoot>(
        IConfiguration settings,
        IReadOnlyList<Door> doors,
        CancellationToken cancellation
    )
        where TRoot : IComponent
    {
        var folder = Database.Of(settings).Folder;
        var draft = Path.Combine(folder, DraftFolder);
        var told = Path.Combine(folder, ToldFile);
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
            // From here on until the end, a start finds no story, and tells it anew.
            File.Delete(told);
            PutInPlace(app.Services.GetRequiredService<Database>(), Database.Of(settings));
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

    // Page by page, also under the connections of a server that runs.
    private static void PutInPlace(Database draft, Database live)
    {
        Directory.CreateDirectory(live.Folder);
        SqliteConnection.ClearAllPools();
        using var from = new SqliteConnection(Database.SqliteConnection(draft.File, pooling: false));
        using var to = new SqliteConnection(Database.SqliteConnection(live.File, pooling: false));
        from.Open();
        to.Open();
        from.BackupDatabase(to);
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
