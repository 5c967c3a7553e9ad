using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

/// <summary>What a sign-in tells, and to how many tries.</summary>
public sealed class PasswordTests
{
    private const string Wrong = "ce n'est pas celui-là";

    // Each try may then come from an address of its own: the limit of each client has a test to itself.
    private static readonly (string, string) Trusting = ("TrustedProxies", "127.0.0.1");
    private static int asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Ten_wrong_passwords_close_the_account_to_strangers_for_five_minutes(string database)
    {
        var clock = new TestClock();
        await using var house = await House.Open(database, s => s.AddSingleton<TimeProvider>(clock), Trusting);
        var (_, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        using var stranger = new Visitor(house.Url);
        for (var tries = 1; tries <= 10; tries++)
        {
            (await Enters(stranger, person.Email!, Wrong)).ShouldBeFalse();
        }
        (await Enters(stranger, person.Email!, House.Password)).ShouldBeFalse();
        (await Enters(owner, person.Email!, House.Password)).ShouldBeTrue();
        (await Enters(stranger, person.Email!, House.Password)).ShouldBeTrue("its owner is in, the count begins anew");

        using var another = new Visitor(house.Url);
        for (var tries = 1; tries <= 7; tries++)
        {
            (await Enters(another, person.Email!, Wrong)).ShouldBeFalse();
        }
        var said = (await house.Lines(Workspace.House)).Select(l => l.Action).ToList();
        said.Count(a => a == "person.locked").ShouldBe(1);
        said.Count(a => a == "sign-in.locked").ShouldBe(1);
        said.Count(a => a == "sign-in.failed").ShouldBe(9 + 7);
    }

    [Theory, BothDatabases]
    public async Task A_closed_account_opens_again_by_itself(string database)
    {
        var clock = new TestClock();
        await using var house = await House.Open(database, s => s.AddSingleton<TimeProvider>(clock), Trusting);
        var (_, person) = await house.NewWorkspace();
        using var stranger = new Visitor(house.Url);
        for (var tries = 1; tries <= 10; tries++)
        {
            await Enters(stranger, person.Email!, Wrong);
        }
        (await Enters(stranger, person.Email!, House.Password)).ShouldBeFalse();
        clock.Pass(TimeSpan.FromMinutes(6));
        (await Enters(stranger, person.Email!, House.Password)).ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Of_wrong_passwords_sent_at_once_each_counts(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.NewWorkspace();
        using var stranger = new Visitor(house.Url);
        var form = await stranger.Fill("/sign-in", "sign-in");
        await Task.WhenAll(
            Enumerable.Range(0, 9).Select(_ => stranger.Send(form, ("In.Email", person.Email!), ("In.Password", Wrong)))
        );
        (await Fresh(house, person)).AccessFailedCount.ShouldBe(9);
    }

    [Theory, BothDatabases]
    public async Task An_unknown_address_a_wrong_password_and_a_closed_account_get_the_same_page(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.NewWorkspace();
        var (_, closed) = await house.NewWorkspace();
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var until = DateTimeOffset.MaxValue;
            await scope
                .ServiceProvider.GetRequiredService<AppDb>()
                .People.Where(p => p.Id == closed.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.LockoutEnd, until), Cancellation);
        }
        var pages = new List<string>();
        foreach (
            var (email, password) in new[]
            {
                (person.Email!, Wrong),
                (closed.Email!, House.Password),
                (closed.Email!, Wrong),
                ("0198f3a1b2c3d4e5f60718293a4b5c6d@example.fr", Wrong),
            }
        )
        {
            using var visitor = new Visitor(house.Url);
            var form = await visitor.Fill("/sign-in", "sign-in");
            using var answer = await visitor.Send(form, ("In.Email", email), ("In.Password", password));
            var page = await answer.Content.ReadAsStringAsync(Cancellation);
            // What was typed is kept, and each form has a token of its own: all the rest is equal to the byte.
            page = page.Replace(email, "", StringComparison.Ordinal);
            page = System.Text.RegularExpressions.Regex.Replace(
                page,
                "(?<=name=\"__RequestVerificationToken\" value=\")[^\"]*",
                "",
                System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromSeconds(1)
            );
            pages.Add($"{answer.StatusCode} {page}");
        }
        pages.Distinct().Count().ShouldBe(1);
        WebUtility.HtmlDecode(pages[0]).ShouldContain("un compte reste fermé cinq minutes");
    }

    [Fact]
    public async Task One_address_is_tried_so_often_from_wherever_and_no_more()
    {
        await using var house = await House.Open("sqlite", null, ("TrustedProxies", "127.0.0.1"));
        await house.NewWorkspace();
        for (var tries = 1; tries <= 21; tries++)
        {
            using var visitor = new Visitor(house.Url);
            visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{tries}");
            using var answer = await visitor.Submit(
                "/sign-in",
                "sign-in",
                ("In.Email", "inconnue@example.fr"),
                ("In.Password", Wrong)
            );
            answer.StatusCode.ShouldBe(tries <= 20 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests);
        }
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/forgot/ask")]
    [InlineData("/reset")]
    public async Task One_client_knocks_twenty_times_a_minute_and_no_more(string path)
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        for (var knock = 1; knock <= 21; knock++)
        {
            using var answer = await visitor.Send(new Visitor.Form(path, []));
            (answer.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(knock > 20);
        }
        // Looking at a page tries nothing.
        (await visitor.Read("/sign-in")).ShouldNotBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task An_address_that_is_no_text_is_nobody_s(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        foreach (var address in new[] { "\uFFFE", person.Email + "\uFFFE", "a\uFDD0@example.fr", "\u0001" })
        {
            using var answer = await visitor.Submit(
                "/sign-in",
                "sign-in",
                ("In.Email", address),
                ("In.Password", House.Password)
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            using var asked = await visitor.Submit("/forgot", "/forgot/ask", ("email", address));
            asked.StatusCode.ShouldBe(HttpStatusCode.Redirect, address);
        }
    }

    [Fact]
    public void A_password_costs_what_is_asked_for_today()
    {
        var services = new ServiceCollection();
        services.AddSecurity(new Uri("https://porte.example.fr"));
        using var provider = services.BuildServiceProvider();
        provider
            .GetRequiredService<IOptions<PasswordHasherOptions>>()
            .Value.IterationCount.ShouldBeGreaterThanOrEqualTo(210_000);
    }

    [Theory, BothDatabases]
    public async Task A_password_kept_with_fewer_rounds_is_kept_anew_at_the_next_sign_in(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.NewWorkspace();
        var weak = new PasswordHasher<Person>(Options.Create(new PasswordHasherOptions { IterationCount = 100 }));
        var old = weak.HashPassword(person, House.Password);
        await using (var scope = house.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<AppDb>()
                .People.Where(p => p.Id == person.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.PasswordHash, old), Cancellation);
        }
        using var visitor = new Visitor(house.Url);
        (await Enters(visitor, person.Email!, House.Password)).ShouldBeTrue();
        var kept = (await Fresh(house, person)).PasswordHash!;
        kept.ShouldNotBe(old);
        // Identity's third format: a byte, then which function (2 is HMAC-SHA-512), then how many rounds.
        var bytes = Convert.FromBase64String(kept);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)).ShouldBe(2u);
        System
            .Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5))
            .ShouldBe((uint)House.PasswordRounds);
        (await Enters(visitor, person.Email!, House.Password)).ShouldBeTrue();
    }

    private static async Task<bool> Enters(Visitor visitor, string email, string password)
    {
        visitor.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.0.0.{Interlocked.Increment(ref asked) % 256}");
        using var answer = await visitor.Submit("/sign-in", "sign-in", ("In.Email", email), ("In.Password", password));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    private static async Task<Person> Fresh(House house, Person person)
    {
        await using var scope = house.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<AppDb>()
            .People.AsNoTracking()
            .SingleAsync(p => p.Id == person.Id, Cancellation);
    }
}
