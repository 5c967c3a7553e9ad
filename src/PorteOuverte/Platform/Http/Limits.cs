using System.Net;
using System.Net.Sockets;
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
    private const int NetworkBytes = 8;

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
                // Looking at a page tries nothing.
                http =>
                    HttpMethods.IsPost(http.Request.Method)
                        ? RateLimitPartition.GetSlidingWindowLimiter(
                            Client(http.Connection.RemoteIpAddress),
                            _ => Window(KnocksAMinute)
                        )
                        : RateLimitPartition.GetNoLimiter("")
            );
            // A flood of a stranger must not take the place of people at work; the signed in are not counted.
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                http.User.Identity?.IsAuthenticated == true
                    ? RateLimitPartition.GetNoLimiter("")
                    : RateLimitPartition.GetSlidingWindowLimiter(
                        Client(http.Connection.RemoteIpAddress),
                        _ => Window(StrangersAMinute)
                    )
            );
        });
    }

    /// <summary>Who counts as one: an address; of IPv6 a whole network, since every subscriber has one of addresses without number.</summary>
    internal static string Client(IPAddress? address)
    {
        if (address is null or { IsIPv4MappedToIPv6: true } or { AddressFamily: not AddressFamily.InterNetworkV6 })
        {
            return (address?.MapToIPv4() ?? IPAddress.None).ToString();
        }
        var network = address.GetAddressBytes();
        Array.Clear(network, NetworkBytes, network.Length - NetworkBytes);
        return new IPAddress(network).ToString();
    }

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
