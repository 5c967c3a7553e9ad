using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounts.AskReset;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ResetFactors;

/// <summary><c>porte accounts reset-factors EMAIL</c>: for somebody who has lost the telephone and the recovery codes.</summary>
internal static class ResetFactorsVerb
{
    public static Command Verb(CultureInfo culture)
    {
        var texts = new Texts(typeof(ResetFactorsText), culture);
        var shared = new Texts(typeof(AskResetText), culture);
        var email = new Argument<string>("EMAIL") { Description = shared["argumentEmail"] };
        var data = new Option<string?>("--data") { Description = shared["optionData"], HelpName = "data" };
        var verb = new Command("reset-factors", texts["verbResetFactors"])
        {
            email,
            data,
            CommandLine.Language(shared["optionLanguage"]),
        };
        verb.SetAction(
            async (parsed, cancellation) =>
            {
                var address = parsed.GetValue(email)!;
                await ResetLinkVerb.For(
                    ServerSettings.Read(parsed.GetValue(data)),
                    address,
                    (scope, person) => Reset(scope, person, texts, cancellation),
                    shared
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(texts.Format("done", address));
                return ExitCode.Done;
            }
        );
        return verb;
    }

    private static async Task<bool> Reset(
        IServiceProvider scope,
        Person person,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var db = scope.GetRequiredService<AppDb>();
        var id = new Id<Person>(person.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var passkeys = await db.Passkeys.Where(p => p.PersonId == person.Id).ExecuteDeleteAsync(cancellation);
        await scope.GetRequiredService<PersonStore>().RemoveSecondFactor(person, cancellation);
        var sessions = await scope.GetRequiredService<Sessions>().EndAll(id, except: null, cancellation);
        scope.GetRequiredService<AuditTrail>().Did("factors.reset", id, new { passkeys, sessions });
        if (!(await scope.GetRequiredService<UserManager<Person>>().UpdateSecurityStampAsync(person)).Succeeded)
        {
            throw new Refusal(texts["overtaken"]);
        }
        await transaction.CommitAsync(cancellation);
        await scope.GetRequiredService<FactorMail>().Send(person, "factorsReset", cancellation);
        return true;
    }
}
