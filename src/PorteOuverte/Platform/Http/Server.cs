using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Http;

/// <summary>Builds the one process: pages, routes and jobs over the data.</summary>
public static class Server
{
    /// <typeparam name="TRoot">The component that draws the document around each page, or around a problem.</typeparam>
    /// <param name="configure">What else the process runs: jobs, mail; and what a test replaces.</param>
    public static WebApplication Build<TRoot>(
        IConfigurationRoot settings,
        IReadOnlyList<Door> doors,
        Action<IServiceCollection>? configure = null
    )
        where TRoot : IComponent
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(doors);
        var server = ServerSettings.Of(settings);
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(Server).Assembly.GetName().Name }
        );
        builder.Configuration.AddConfiguration(settings);
        // Whom to believe about where somebody comes from, and where to listen, is said by our settings alone.
        builder.Configuration.AddInMemoryCollection([new("ForwardedHeaders_Enabled", "false")]);
        builder.WebHost.UseUrls(server.Urls.Split(';')).PreferHostingUrls(true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ToOutput();
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(server);
        services.AddSingleton(doors);
        var database = Database.Of(settings);
        services.AddData(database);
        services.AddSecurity(server.PublicUrl);
        services.AddAudit();
        services.AddMail(MailSettings.Of(settings, server.PublicUrl, database.Folder));
        services.AddLimits();
        services.AddTelemetry(server);
        services.AddProblemDetails();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
        services.AddRazorComponents();
        // Pages over a slow line.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "application/json", "text/csv"];
        });
        services.AddHttpContextAccessor();
        // Accents stay letters in the page; what could open a tag is escaped all the same.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "porte-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // However many stand in a row: each is believed for its own network only.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in server.TrustedProxies)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("fr");
            options.SupportedCultures = options.SupportedUICultures = [
                CultureInfo.GetCultureInfo("fr"),
                CultureInfo.GetCultureInfo("en"),
            ];
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = LanguageCookie },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        foreach (var door in doors)
        {
            door.Services(services, settings);
        }
        services.AddJobs(database, start: true);
        configure?.Invoke(services);
        var app = builder.Build();
        var isDemo = app.Services.GetService<Demonstration>() is not null;
        if (isDemo)
        {
            app.UseHostFiltering();
        }
        if (server.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }
        if (server.IsEncrypted)
        {
            // People come encrypted, whatever the line between the proxy and us: cookies and headers are made for them.
            app.Use(
                (http, next) =>
                {
                    http.Request.Scheme = Uri.UriSchemeHttps;
                    return next(http);
                }
            );
        }
        // An address where another site leads a browser is asked for with our cookies (SameSite=Lax): what that site has put into it must not shorten the answer by what stands there already, since the length can be watched.
        app.UseWhen(
            http => http.Request.Headers["Sec-Fetch-Site"] != "cross-site",
            ours => ours.UseResponseCompression()
        );
        app.UseRequestLocalization();
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<SafeHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorAnswer.OfException<TRoot> });
        app.UseStatusCodePages(refused => ErrorAnswer.OfStatus<TRoot>(refused.HttpContext));
        app.Use(next => http => ErrorAnswer.OfLateForm(http, next));
        app.UseRouting();
        app.UseAuthentication();
        if (isDemo)
        {
            app.UseMiddleware<DemoVisit>();
            DemoHouse.Map(app);
        }
        app.UseMiddleware<WorkspaceGate>();
        // After the gate: a cookie whose session is over counts as a stranger.
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        // The library only takes note of a missing token. What it was missing from never runs, however it is written.
        app.Use(
            (http, next) =>
            {
                if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
                {
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return Task.CompletedTask;
                }
                return next(http);
            }
        );
        app.MapHealth();
        app.MapBundle();
        foreach (var door in doors)
        {
            door.Routes(app);
        }
        app.MapRazorComponents<TRoot>();
        return app;
    }

    /// <summary>The language a person chose, kept by the browser.</summary>
    public const string LanguageCookie = Preferences.LanguageCookie;
}
