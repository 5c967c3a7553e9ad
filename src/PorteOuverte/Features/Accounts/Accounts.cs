using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounts.AskReset;
using PorteOuverte.Features.Accounts.ChangePassword;
using PorteOuverte.Features.Accounts.EndSession;
using PorteOuverte.Features.Accounts.ListSessions;
using PorteOuverte.Features.Accounts.ResetPassword;
using PorteOuverte.Features.Accounts.SignIn;
using PorteOuverte.Features.Accounts.Welcome;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounts;

/// <summary>The door of the accounts: the first owner, signing in and out, one's password and sessions.</summary>
public sealed class Accounts : Door
{
    public override IEnumerable<Command> Verbs(CultureInfo culture)
    {
        yield return ResetLinkVerb.Verb(culture);
    }

    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<WelcomeHandler>();
        services.AddScoped<SignInHandler>();
        services.AddScoped<Passwords>();
        services.AddScoped<AskResetHandler>();
        services.AddScoped<ResetLinks>();
        services.AddErrand<SendResetLink>(SendResetLink.Name);
        services.AddScoped<ResetPasswordHandler>();
        services.AddScoped<ChangePasswordHandler>();
        services.AddScoped<ListSessionsHandler>();
        services.AddScoped<EndSessionHandler>();
        services.AddHostedService<FirstOwnerLink>();
        services.AddAuditTexts<AccountsText>();
    }

    public override void Routes(IEndpointRouteBuilder routes)
    {
        GoHome.Map(routes);
        SignOut.Map(routes);
    }
}
