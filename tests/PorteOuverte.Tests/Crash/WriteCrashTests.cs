using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Schemas;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Crash;

[Trait("Category", "Heavy")]
public sealed partial class WriteCrashTests
{
    private const int Rounds = 3;
    private const int AtOnce = 4;
    private const int People = 60;

    // The tenth wrong password would lock the door: nine are counted.
    private const int Tries = 9;
    private static readonly TimeSpan LongestBurst = TimeSpan.FromSeconds(1.5);

    [Theory, BothDatabases]
    public async Task What_was_answered_before_a_kill_is_in_the_database_after_it(string database)
    {
        var moment = new Moment(1122);
        using var data = new EmptyData(database);
        await data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
        var answered = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var people = await NewPeople(data, round);
            // Each wrong password is counted in its person's row before it is answered.
            var counted = new int[People];
            using (var server = await PorteProcess.Serve(data.Settings))
            {
                using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
                var burst = Enumerable
                    .Range(0, AtOnce)
                    .Select(worker => Knock(server.Url, worker, round, people, counted, end.Token))
                    .ToList();
                await moment.Pass(() => Task.FromResult(counted.Sum() > AtOnce), LongestBurst, () => server.HasExited);
                await server.Kill();
                await end.CancelAsync();
                await Task.WhenAll(burst);
            }
            await UpgradeCrashTests.IsSound(data.Database);
            // No line without its change, no change without its line; and none of an earlier round is gone.
            await Chains.AreIntact(data.Database);
            await using var connection = await data.Database.OpenOwner(TestContext.Current.CancellationToken);
            var written = (
                await Catalogue.Rows(connection, "select email, access_failed_count from people")
            ).ToDictionary(
                r => (string)r[0]!,
                r => Convert.ToInt32(r[1], System.Globalization.CultureInfo.InvariantCulture),
                StringComparer.Ordinal
            );
            for (var i = 0; i < People; i++)
            {
                // One more may have been written that nobody had time to answer.
                written[people[i]].ShouldBeInRange(counted[i], counted[i] + 1, $"round {round}, {people[i]}");
            }
            answered += counted.Sum();
        }
        answered.ShouldBeGreaterThan(Rounds * AtOnce);
        using var again = await PorteProcess.Serve(data.Settings);
        using var visitor = new Visitor(again.Url);
        (await visitor.Read("/health/ready")).ShouldBe("Healthy");
    }

    private static async Task Knock(
        Uri url,
        int worker,
        int round,
        string[] people,
        int[] counted,
        CancellationToken end
    )
    {
        try
        {
            for (var i = worker; i < People; i += AtOnce)
            {
                using var http = From(IPAddress.Parse($"127.{round + 1}.{i + 1}.1"), url);
                var page = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative), end);
                var token = Token().Match(page).Groups["token"].Value;
                for (var n = 0; n < Tries; n++)
                {
                    using var form = new FormUrlEncodedContent(
                        new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["_handler"] = "sign-in",
                            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token),
                            ["In.Email"] = people[i],
                            ["In.Password"] = "pas le bon",
                        }
                    );
                    using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form, end);
                    answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                    counted[i]++;
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // The server is gone.
        }
    }

    // Each person knocks from an address of their own: one alone would soon be asked to wait.
    private static HttpClient From(IPAddress address, Uri url) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (context, cancellation) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    try
                    {
                        socket.Bind(new IPEndPoint(address, 0));
                        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                        return new NetworkStream(socket, ownsSocket: true);
                    }
                    catch
                    {
                        socket.Dispose();
                        throw;
                    }
                },
            }
        )
        {
            BaseAddress = url,
        };

    private static async Task<string[]> NewPeople(EmptyData data, int round)
    {
        // One turn of the hash instead of many: what is tried here is the disk, not the patience.
        var hash = new PasswordHasher<Person>(
            Options.Create(new PasswordHasherOptions { IterationCount = 1 })
        ).HashPassword(null!, House.Password);
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddData(data.Database)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var people = Enumerable.Range(0, People).Select(i => $"p{round}.{i}@example.fr").ToArray();
        foreach (var email in people)
        {
            db.Add(
                new Person
                {
                    Name = email,
                    UserName = email,
                    NormalizedUserName = email.ToUpperInvariant(),
                    Email = email,
                    NormalizedEmail = email.ToUpperInvariant(),
                    PasswordHash = hash,
                    LockoutEnabled = true,
                }
            );
        }
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return people;
    }

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]*)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Token();
}
