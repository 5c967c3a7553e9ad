using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.Demo;

/// <summary>Finds the clients of the cast in the workspace, by their codes in the books.</summary>
internal static class FindCast
{
    public static async Task<Id<Client>> Client(this IServiceProvider services, string code, CancellationToken stop) =>
        (await services.Clients(stop))[code];

    public static Task<Dictionary<string, Id<Client>>> Clients(
        this IServiceProvider services,
        CancellationToken stop
    ) =>
        services
            .GetRequiredService<AppDb>()
            .ClientCodes.AsNoTracking()
            .ToDictionaryAsync(c => c.Code, c => c.ClientId, StringComparer.Ordinal, stop);
}
