using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounts.AcceptInvitation;
using PorteOuverte.Features.Accounts.AskReset;
using PorteOuverte.Features.Accounts.ChangeAddress;
using PorteOuverte.Features.Accounts.ChangePassword;
using PorteOuverte.Features.Accounts.EditAccount;
using PorteOuverte.Features.Accounts.EditMember;
using PorteOuverte.Features.Accounts.EndSession;
using PorteOuverte.Features.Accounts.EnterCode;
using PorteOuverte.Features.Accounts.InviteMember;
using PorteOuverte.Features.Accounts.KeepPasskeys;
using PorteOuverte.Features.Accounts.Landing;
using PorteOuverte.Features.Accounts.ListMembers;
using PorteOuverte.Features.Accounts.ListSessions;
using PorteOuverte.Features.Accounts.ListWorkspaces;
using PorteOuverte.Features.Accounts.OpenWorkspace;
using PorteOuverte.Features.Accounts.ResetFactors;
using PorteOuverte.Features.Accounts.ResetPassword;
using PorteOuverte.Features.Accounts.SetSecondFactor;
using PorteOuverte.Features.Accounts.SignIn;
using PorteOuverte.Features.Accounts.SignInWithPasskey;
using PorteOuverte.Features.Accounts.SignUp;
using PorteOuverte.Features.Accounts.Welcome;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Accounts;

/// <summary>The door of the accounts: who comes in, into which workspaces, and how one is known.</summary>
public sealed class Accounts : Door
{
    public override IEnumerable<Command> Verbs(CultureInfo culture)
    {
        var accounts = ResetLinkVerb.Verb(culture);
        accounts.Subcommands.Add(ResetFactorsVerb.Verb(culture));
        yield return accounts;
    }

    public override void Services(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<WelcomeHandler>();
        services.AddScoped<SignInHandler>();
        services.AddScoped<EnterCodeHandler>();
        services.AddScoped<SetSecondFactorHandler>();
        services.AddScoped<KeepPasskeysHandler>();
        services.AddScoped<SignInWithPasskeyHandler>();
        services.AddScoped<FactorMail>();
        services
            .AddAuditTexts<SetSecondFactorText>()
            .AddAuditTexts<KeepPasskeysText>()
            .AddAuditTexts<EnterCodeText>()
            .AddAuditTexts<ResetFactorsText>();
        services.AddScoped<Passwords>();
        services.AddScoped<Proof>();
        services.AddScoped<AskResetHandler>();
        services.AddScoped<ResetLinks>();
        services.AddErrand<SendResetLink>(SendResetLink.Name);
        services.AddScoped<ResetPasswordHandler>();
        services.AddScoped<ChangePasswordHandler>();
        services.AddScoped<ListSessionsHandler>();
        services.AddScoped<EndSessionHandler>();
        services.AddScoped<Home>();
        services.AddScoped<WorkspaceOpening>();
        services.AddScoped<ListInvitationsHandler>();
        services.AddScoped<EditMemberHandler>();
        services.AddScoped<InviteMemberHandler>();
        services.AddScoped<AcceptInvitationHandler>();
        services.AddScoped<ListWorkspacesHandler>();
        services.AddScoped<OpenWorkspaceHandler>();
        services.AddScoped<SignUpHandler>();
        services.AddScoped<EditAccountHandler>();
        services.AddScoped<ChangeAddressHandler>();
        services.AddSingleton(SignUpSettings.Of(settings));
        services.AddAuditTexts<MembersText>();
        services.AddAuditTexts<SignUpText>();
        services.AddAuditTexts<AccountText>();
        services.AddHostedService<FirstOwnerLink>();
        services.AddAuditTexts<AccountsText>();
    }

    public override void Routes(IEndpointRouteBuilder routes)
    {
        ChooseLanguage.ChooseLanguage.Map(routes);
        Robots.Map(routes);
        routes.MapSheet("/e/{workspace}/settings/members", Role.Owner, ListMembers.ListMembers.Table);
        SignOut.Map(routes);
        SignInWithPasskeyHandler.Map(routes);
        KeepPasskeysHandler.Map(routes);
        AskResetHandler.Map(routes);
    }

    public override IEnumerable<MenuEntry> Menu(CultureInfo culture)
    {
        yield return new MenuEntry(
            "account",
            AccountText.In(culture)["account"],
            Role.Reader,
            95,
            "user",
            MenuPlace.Person
        );
        yield return new MenuEntry(
            "/workspaces",
            WorkspacesText.In(culture)["workspaces"],
            Role.Reader,
            96,
            "switch-horizontal",
            MenuPlace.Person
        );
        yield return new MenuEntry(
            "account/security",
            new Texts(typeof(AccountsText), culture)["security"],
            Role.Reader,
            95,
            "shield-check",
            MenuPlace.Palette
        );
        var members = MembersText.In(culture);
        yield return new MenuEntry("settings/members", members["members"], Role.Owner, 92, "users", MenuPlace.Palette);
        yield return new MenuEntry(
            "settings/members/invite",
            members["invite"],
            Role.Owner,
            93,
            "plus",
            MenuPlace.Palette
        );
    }
}
