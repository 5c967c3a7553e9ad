using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace PorteOuverte.Platform.Http;

/// <summary>How often one address may knock where anybody may. Counted by each node for itself: it slows guessing, it is not an account.</summary>
public static class Limits
{
    /// <summary>For what a stranger may send: signing in, asking for a link, typing a code.</summary>
    public const string Knocking = "knocking";

    private const int KnocksAMinute = 20;
    private const int StrangersAMinute = 600;

    internal static void AddLimits(this IServiceCollection services)
    {
        services.AddSingleton<Knocks>();
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(
                Knocking,
                http => RateLimitPartition.GetSlidingWindowLimiter(AddressOf(http), _ => Window(KnocksAMinute))
            );
            // A flood of a stranger must not take the place of people at work; the signed in are not counted.
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                http.User.Identity?.IsAuthenticated == true
                    ? RateLimitPartition.GetNoLimiter("")
                    : RateLimitPartition.GetSlidingWindowLimiter(AddressOf(http), _ => Window(StrangersAMinute))
            );
        });
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static SlidingWindowRateLimiterOptions Window(int permits) =>
        new()
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        };
}

/// <summary>How often one door may be knocked at, from wherever: a password, a code, a link asked for one address. Counted by each node for itself.</summary>
public sealed class Knocks : IDisposable
{
    private const int Most = 20;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<Door> limiter = PartitionedRateLimiter.Create<Door, Door>(door =>
        RateLimitPartition.GetSlidingWindowLimiter(
            door,
            asked => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = asked.Most,
                Window = asked.Within,
                SegmentsPerWindow = 10,
                QueueLimit = 0,
            }
        )
    );

    /// <param name="what">What is tried: <c>sign-in</c>, <c>code</c>.</param>
    /// <param name="whom">The address as it was typed, or an id. It is kept as a hash, for some minutes.</param>
    public bool May(string what, string whom) => May(what, whom, Most, Within);

    /// <inheritdoc cref="May(string, string)"/>
    public bool May(string what, string whom, int most, TimeSpan within)
    {
        ArgumentNullException.ThrowIfNull(whom);
        var door = SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {whom.Trim().ToUpperInvariant()}"));
        using var lease = limiter.AttemptAcquire(new Door(Convert.ToBase64String(door), most, within));
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();

    private sealed record Door(string Hash, int Most, TimeSpan Within);
}
