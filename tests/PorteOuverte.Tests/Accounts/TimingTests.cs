using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

/// <summary>Whether time tells who has an account. Minutes long and in need of a quiet machine: run when asked for (<c>--filter Category=Timing</c>).</summary>
[Trait("Category", "Timing")]
public sealed class TimingTests(ITestOutputHelper output)
{
    private const int Tries = 200;
    private const int Addresses = 80;

    [Theory, BothDatabases]
    public async Task Signing_in_takes_as_long_for_an_unknown_address_as_for_a_wrong_password(string database) =>
        await Compare(
            database,
            "/sign-in",
            "sign-in",
            (visitor, form, email) => visitor.Send(form, ("In.Email", email), ("In.Password", "ce n'est pas celui-là"))
        );

    [Theory, BothDatabases]
    public async Task Asking_for_a_link_takes_as_long_whoever_is_asked_for(string database) =>
        await Compare(
            database,
            "/forgot",
            "/forgot/ask",
            (visitor, form, email) => visitor.Send(form, ("email", email))
        );

    private async Task Compare(
        string database,
        string page,
        string name,
        Func<Visitor, Visitor.Form, string, Task<HttpResponseMessage>> send
    )
    {
        // A visitor for each try, from an address of their own: what is measured is not the limits.
        await using var house = await House.Open(
            database,
            services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 220_000),
            ("TrustedProxies", "127.0.0.1")
        );
        var (known, unknown) = (new List<string>(), new List<string>());
        for (var i = 0; i < Addresses; i++)
        {
            known.Add((await house.NewWorkspace()).Person.Email!);
            unknown.Add($"{Guid.CreateVersion7():N}@example.fr");
        }
        var (knownTimes, unknownTimes) = (new List<double>(), new List<double>());
        for (var i = -10; i < Tries * 2; i++)
        {
            var isKnown = i % 2 == 0;
            using var visitor = new Visitor(house.Url);
            visitor.Http.DefaultRequestHeaders.Add(
                "X-Forwarded-For",
                string.Create(CultureInfo.InvariantCulture, $"198.51.{(i + 10) / 200}.{(i + 10) % 200}")
            );
            var form = await visitor.Fill(page, name);
            // As many of both kinds, asked for as often: a second wake-up for the same address is less work than the first.
            var email = (isKnown ? known : unknown)[Math.Abs(i / 2) % Addresses];
            var start = Stopwatch.GetTimestamp();
            using var answer = await send(visitor, form, email);
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            // The first ones warm up.
            if (i >= 0)
            {
                (isKnown ? knownTimes : unknownTimes).Add(took);
            }
        }
        var (a, b) = (Median(knownTimes), Median(unknownTimes));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{page}, {database}: known {a:0.00} ms, unknown {b:0.00} ms, ratio {a / b:0.000} (medians of {Tries})"
            )
        );
        (a / b).ShouldBeInRange(0.9, 1.1);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[values.Count / 2] + values[(values.Count - 1) / 2]) / 2;
    }
}
