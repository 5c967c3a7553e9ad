using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

public static class SecurityServices
{
    // PBKDF2 with HMAC-SHA-512; OWASP asks for 210 000 at least (Password Storage, 2023 and since).
    private const int PasswordIterations = 220_000;

    private static readonly TimeSpan ToTypeACode = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BrowserIsTrusted = TimeSpan.FromDays(30);

    /// <param name="publicUrl">What people type: passkeys are made for this address and taken from no other, whatever a request says of its host.</param>
    public static IServiceCollection AddSecurity(this IServiceCollection services, Uri publicUrl)
    {
        ArgumentNullException.ThrowIfNull(publicUrl);
        services.AddScoped<CurrentMember>();
        services.AddScoped<Sessions>();
        services.AddScoped<KnownBrowsers>();
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("porte");
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((options, keys) => options.XmlRepository = keys);
        services
            .AddIdentityCore<Person>(options =>
            {
                options.User.RequireUniqueEmail = true;
                // The name is the address, and Mailbox says what may stand in one: o'neil@example.fr is an address.
                options.User.AllowedUserNameCharacters = "";
                // A long sentence is safer than a short riddle: length alone is asked for.
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit =
                    options.Password.RequireLowercase =
                    options.Password.RequireUppercase =
                    options.Password.RequireNonAlphanumeric =
                        false;
                options.Lockout.MaxFailedAccessAttempts = 10;
            })
            .AddSignInManager()
            .AddPasswordValidator<PasswordRule>()
            .AddDefaultTokenProviders();
        services.AddScoped<HalfSignIn>();
        services.AddScoped<PersonStore>();
        services.AddScoped<IUserStore<Person>>(scope => scope.GetRequiredService<PersonStore>());
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = publicUrl.Host;
            var origin = publicUrl.GetLeftPart(UriPartial.Authority);
            options.ValidateOrigin = asked => ValueTask.FromResult(asked.Origin == origin && !asked.CrossOrigin);
            // It stands for both factors: the device knows who holds it, and finds the key without an address being typed.
            options.UserVerificationRequirement = options.ResidentKeyRequirement = "required";
        });
        // Asked at a sign-in only: a browser is trusted no longer than the password and the factor it was trusted with.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(
                IdentityConstants.ApplicationScheme,
                options =>
                {
                    options.Cookie.Name = "porte";
                    options.Cookie.HttpOnly = true;
                    options.Cookie.SameSite = SameSiteMode.Lax;
                    options.LoginPath = "/sign-in";
                    options.ReturnUrlParameter = "back";
                    // Renewed half-way; whether the session still stands is asked of the database (WorkspaceGate).
                    options.ExpireTimeSpan = Session.Idle;
                    // Too low a role is said where it happens: no address to come back from.
                    options.Events.OnRedirectToAccessDenied = context =>
                    {
                        context.Response.StatusCode = StatusCodes.Status403Forbidden;
                        return Task.CompletedTask;
                    };
                }
            )
            // Who has said the password and owes the code, or holds the question put to a passkey.
            .AddCookie(
                IdentityConstants.TwoFactorUserIdScheme,
                options =>
                {
                    options.Cookie.Name = "porte-2";
                    options.ExpireTimeSpan = ToTypeACode;
                    options.SlidingExpiration = false;
                }
            )
            // A browser that is not asked for a code again; a new password or factor ends it.
            .AddCookie(
                IdentityConstants.TwoFactorRememberMeScheme,
                options =>
                {
                    options.Cookie.Name = "porte-trust";
                    options.ExpireTimeSpan = BrowserIsTrusted;
                    options.SlidingExpiration = false;
                    options.Events.OnValidatePrincipal =
                        SecurityStampValidator.ValidateAsync<ITwoFactorSecurityStampValidator>;
                }
            );
        services.AddScoped<IAuthorizationHandler, NeedsHandler>();
        // A route that says nothing about whom it is for is for nobody but the signed in; a test finds it all the same.
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}
