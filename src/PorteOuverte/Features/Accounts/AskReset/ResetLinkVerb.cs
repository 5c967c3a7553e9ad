using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.AskReset;

/// <summary><c>porte accounts reset-link EMAIL</c>: for whoever runs the server and has no mail.</summary>
internal static class ResetLinkVerb
{
    public static Command Verb(CultureInfo culture)
    {
        var texts = new Texts(typeof(AskResetText), culture);
        var email = new Argument<string>("EMAIL") { Description = texts["argumentEmail"] };
        var data = new Option<string?>("--data") { Description = texts["optionData"], HelpName = "data" };
        var verb = new Command("reset-link", texts["verbResetLink"])
        {
            email,
            data,
            CommandLine.Language(texts["optionLanguage"]),
        };
        verb.SetAction(
            async (parsed, cancellation) =>
            {
                var settings = ServerSettings.Read(parsed.GetValue(data));
                var link = await For(
                    settings,
                    parsed.GetValue(email)!,
                    async (scope, person) =>
                    {
                        var made = scope.GetRequiredService<ResetLinks>().For(person);
                        scope.GetRequiredService<AuditTrail>().Did("password.link-made", new Id<Person>(person.Id));
                        await scope.GetRequiredService<AppDb>().SaveChangesAsync(cancellation);
                        return made;
                    },
                    texts
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(texts.Format("link", link));
                return ExitCode.Done;
            }
        );
        return new Command("accounts", texts["verbAccounts"]) { verb };
    }

    /// <summary>Does something for the person of an address, on the data beside a server.</summary>
    internal static async Task<T> For<T>(
        IConfiguration settings,
        string email,
        Func<IServiceProvider, Person, Task<T>> work,
        Texts texts
    )
    {
        var database = Database.Of(settings);
        if (database.IsSqlite && !File.Exists(database.File))
        {
            throw new Refusal(texts.Format("noData", database.Folder));
        }
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        var server = ServerSettings.Of(settings);
        services.AddSingleton(server);
        services.AddSingleton<Knocks>();
        services.AddData(database);
        services.AddSecurity(server.PublicUrl);
        services.AddAudit();
        services.AddScoped<Passwords>();
        services.AddScoped<ResetLinks>();
        // What was done is told by mail, which the server sends when it runs.
        services.AddScoped<FactorMail>();
        services.AddMail(MailSettings.Of(settings, server.PublicUrl, database.Folder));
        services.AddJobs(database, start: false);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        try
        {
            var person =
                await scope.ServiceProvider.GetRequiredService<Passwords>().Find(email)
                ?? throw new Refusal(texts.Format("nobody", email));
            return await work(scope.ServiceProvider, person);
        }
        catch (DbException e)
        {
            throw new Refusal(texts.Format("cannotRead", e.Message));
        }
    }
}
