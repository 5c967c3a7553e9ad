using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

/// <summary>The server as whoever runs it meets it: alive, ready, knocked at, listened to, stopped.</summary>
public sealed class RunningTests
{
    [Theory, BothDatabases]
    public async Task Without_its_data_the_server_is_alive_and_not_ready(string database)
    {
        await using var house = await House.Open(database);
        using var visitor = new Visitor(house.Url);
        (await visitor.Read("/health/ready")).ShouldBe("Healthy");
        TakeAway(house);
        (await visitor.Read("/health")).ShouldBe("Healthy");
        using var ready = await visitor.Get("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        if (house.Database.IsSqlite)
        {
            File.Exists(house.Database.File).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Who_knocks_too_often_is_asked_to_wait()
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        for (var knock = 1; knock <= 20; knock++)
        {
            using var heard = await visitor.Send(new Visitor.Form("/sign-in", []));
            heard.StatusCode.ShouldBe(HttpStatusCode.BadRequest, knock.ToString(CultureInfo.InvariantCulture));
        }
        using var tooOften = await visitor.Send(new Visitor.Form("/sign-in", []));
        tooOften.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        tooOften.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        (await tooOften.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(
            "Trop d’essais en peu de temps"
        );
        (await visitor.Read("/health")).ShouldBe("Healthy");
    }

    [Theory, BothDatabases]
    public async Task Logs_hold_neither_an_address_nor_a_password(string database)
    {
        using var log = new Heard();
        await using var house = await House.Open(database, services => services.AddSingleton<ILoggerProvider>(log));
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        foreach (var email in new[] { person.Email!, "inconnue@example.fr" })
        {
            using var wrong = await visitor.Submit(
                "/sign-in?back=secrete@example.fr",
                "sign-in",
                ("In.Email", email),
                ("In.Password", "mot de passe tout faux")
            );
            wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        using var right = await house.SignedIn(person);
        await right.Read($"/e/{workspace}/settings");
        // Also when the database fails in the middle of a sign-in.
        TakeAway(house);
        using var failed = await visitor.Get("/sign-in");
        log.Lines.ShouldContain(l => l.Contains("POST /sign-in 200", StringComparison.Ordinal));
        foreach (var word in new[] { "@example.fr", "tout faux", House.Password, person.Name })
        {
            log.Lines.ShouldAllBe(l => !l.Contains(word, StringComparison.OrdinalIgnoreCase), word);
        }
    }

    [Fact]
    public async Task Traces_and_measures_arrive_where_they_are_collected()
    {
        using var collector = new HttpListener();
        var url = $"http://127.0.0.1:{FreePort()}/";
        collector.Prefixes.Add(url);
        collector.Start();
        var arrived = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        var collecting = Collect(collector, arrived);
        await using (var house = await House.Open("sqlite", settings: ("Otlp", url)))
        {
            using var visitor = new Visitor(house.Url);
            await visitor.Read("/sign-in");
        }
        collector.Stop();
        await collecting;
        arrived.ShouldContainKeyAndValue("/v1/traces", "application/x-protobuf");
        arrived.ShouldContainKeyAndValue("/v1/metrics", "application/x-protobuf");
    }

    [Fact]
    public async Task Who_is_inside_when_the_server_stops_is_still_answered()
    {
        var door = new SlowDoor();
        await using var house = await House.With(door);
        using var visitor = new Visitor(house.Url);
        var answer = visitor.Read("/slow");
        await door.Entered.Task.WaitAsync(TestContext.Current.CancellationToken);
        var stopping = house.Stop();
        stopping.IsCompleted.ShouldBeFalse();
        door.Leave.SetResult();
        (await answer).ShouldBe("servi");
        await stopping;
    }

    private static void TakeAway(House house)
    {
        if (house.Database.IsSqlite)
        {
            File.Move(house.Database.File, house.Database.File + ".away");
            return;
        }
        var data = new NpgsqlConnectionStringBuilder(house.Database.Connection);
        var name = data.Database;
        (data.Username, data.Database) = ("postgres", "postgres");
        using var connection = new NpgsqlConnection(data.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand($"drop database {name} with (force)", connection);
        command.ExecuteNonQuery();
    }

    private static async Task Collect(HttpListener collector, ConcurrentDictionary<string, string?> arrived)
    {
        while (collector.IsListening)
        {
            try
            {
                var request = await collector.GetContextAsync();
                arrived[request.Request.Url!.AbsolutePath] = request.Request.ContentType;
                request.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class SlowDoor : Door
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Leave { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Routes(IEndpointRouteBuilder routes) =>
            routes
                .MapGet(
                    "/slow",
                    async () =>
                    {
                        Entered.SetResult();
                        await Leave.Task;
                        return Results.Text("servi");
                    }
                )
                .OpenToAll();
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
