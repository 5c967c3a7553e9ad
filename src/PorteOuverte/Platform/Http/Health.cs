using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Http;

internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        // Alive: the process answers. Ready: it can work.
        app.MapHealthChecks("/health", new HealthCheckOptions { Predicate = _ => false }).OpenToAll();
        app.MapHealthChecks(
                "/health/ready",
                new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }
            )
            .OpenToAll();
    }
}

internal sealed class DatabaseHealth(IServiceScopeFactory scopes, Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        // A pooled connection still reads a file that was moved away, and a new one would make an empty file in its place.
        if (database.IsSqlite && !File.Exists(database.File))
        {
            return HealthCheckResult.Unhealthy();
        }
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<AppDb>().Memberships.AnyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(e.GetType().Name);
        }
    }
}
