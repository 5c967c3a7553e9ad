using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace PorteOuverte.Platform.Audit;

/// <summary>What the room brings to the services.</summary>
public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddScoped<AuditTrail>();
        services.AddScoped<IInterceptor, AuditWriter>();
        services.AddSingleton<AuditWords>();
        return services.AddAuditTexts<AuditText>();
    }

    /// <summary>The texts of a feature also say what its handlers did.</summary>
    public static IServiceCollection AddAuditTexts<TText>(this IServiceCollection services) =>
        services.AddSingleton(new AuditTexts(typeof(TText)));
}
