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

    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
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
                // A long sentence is safer than a short riddle: length alone is asked for.
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit =
                    options.Password.RequireLowercase =
                    options.Password.RequireUppercase =
                    options.Password.RequireNonAlphanumeric =
                        false;
            })
            .AddEntityFrameworkStores<AppDb>()
            .AddSignInManager()
            .AddPasswordValidator<PasswordRule>()
            .AddDefaultTokenProviders();
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
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => options.Cookie.Name = "porte-2");
        services.AddScoped<IAuthorizationHandler, NeedsHandler>();
        // A route that says nothing about whom it is for is for nobody but the signed in; a test finds it all the same.
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}
