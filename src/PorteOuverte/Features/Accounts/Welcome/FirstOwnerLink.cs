using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Features.Accounts.Welcome;

/// <summary>While nobody has an account, prints the link that creates the first owner.</summary>
/// <remarks>The code is sealed with the keys of the database, so any node accepts it; it ends with the first account.</remarks>
internal sealed class FirstOwnerLink(
    IServiceScopeFactory scopes,
    IDataProtectionProvider protection,
    ServerSettings server,
    IHostApplicationLifetime life
) : IHostedService
{
    private const string Purpose = "first owner";
    private static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    public static bool IsRight(IDataProtectionProvider protection, string? code)
    {
        try
        {
            return code is { Length: > 0 }
                && protection.CreateProtector(Purpose).ToTimeLimitedDataProtector().Unprotect(code) == Purpose;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        life.ApplicationStarted.Register(() => _ = Print(life.ApplicationStopping));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Print(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<AppDb>().People.AnyAsync(cancellation))
        {
            var code = protection.CreateProtector(Purpose).ToTimeLimitedDataProtector().Protect(Purpose, Valid);
            await Console.Out.WriteLineAsync(
                AccountsText.Current.Format("welcomeLink", server.Link("/welcome?code=" + code))
            );
        }
    }
}
