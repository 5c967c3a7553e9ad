using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

public sealed class EngagementsTests
{
    private static readonly (string, string)[] Maintenance =
    [
        ("In.Name", "Maintenance du site"),
        ("In.Kind", "Retainer"),
        ("In.Rate", "1 234,56"),
        ("In.Unit", "Month"),
        ("In.PaymentDays", "45"),
        ("In.Notice", "2"),
        ("In.Renewal", "12"),
    ];

    [Theory, BothDatabases]
    public async Task An_engagement_says_until_when_one_can_object(string database)
    {
        await using var there = await Portfolio.Open(database);
        var end = new DateOnly(DateTimeOffset.UnixEpoch.Year + 100, 12, 31);
        using var added = await Add(
            there,
            [.. Maintenance, ("In.Lead", new Id<Person>(there.Person.Id).ToString()), ("In.End", Day(end))]
        );
        added.Headers.Location!.ToString().ShouldStartWith(there.Sheet + "/engagements");
        var page = await there.Visitor.Read(there.Sheet + "/engagements");
        page.ShouldContain("1\u202F234,56\u00A0€ par mois");
        page.ShouldContain("Préavis à donner avant le 31/10/2070 pour une fin le 31/12/2070");
        page.ShouldContain("Claire Aubry");
        var list = await there.Visitor.Read(
            $"/e/{there.Workspace}/engagements?q=choco&due=True&renews=True&kind=Retainer"
        );
        list.ShouldContain("Maintenance du site");
        list.ShouldContain("31/10/2070");
        (await there.Visitor.Read($"/e/{there.Workspace}/engagements?due=False")).ShouldNotContain(
            "Maintenance du site"
        );
        using var sheet = await there.Visitor.Get($"/e/{there.Workspace}/engagements/sheet.csv");
        (await sheet.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(
            "Maintenance du site"
        );
    }

    [Theory, BothDatabases]
    public async Task What_must_be_decided_soonest_comes_first_and_what_is_open_last(string database)
    {
        await using var there = await Portfolio.Open(database);
        foreach (var (name, end) in new[] { ("Sans fin", ""), ("Plus tard", "2075-12-31"), ("Bientôt", "2071-01-31") })
        {
            await Add(there, [("In.Name", name), ("In.End", end)]);
        }
        var list = await there.Visitor.Read($"/e/{there.Workspace}/engagements");
        string[] order = ["Bientôt", "Plus tard", "Sans fin"];
        order.OrderBy(n => list.IndexOf(n, StringComparison.Ordinal)).ShouldBe(order);
    }

    [Theory, BothDatabases]
    public async Task What_was_typed_stays_where_something_is_wrong(string database)
    {
        await using var there = await Portfolio.Open(database);
        using var wrong = await Add(
            there,
            [
                ("In.Name", "Étude"),
                ("In.Rate", "1,234"),
                ("In.PaymentDays", "90"),
                ("In.Start", "2026-12-31"),
                ("In.End", "2026-01-01"),
                ("In.Renewal", "0"),
                ("In.Kind", "99"),
            ]
        );
        var page = await Portfolio.Words(wrong);
        page.ShouldContain("value=\"1,234\"");
        page.ShouldContain("value=\"90\"");
        page.ShouldContain("La fin vient avant le début");
        page.ShouldContain("Entre 1 et 60");
        page.ShouldContain("Choisissez dans la liste");
        page.ShouldContain("Rien n’est perdu");
        (await there.Ask(db => db.Engagements.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(0);
        using var renewed = await Add(there, [("In.Name", "Étude"), ("In.Renewal", "12")]);
        (await Portfolio.Words(renewed)).ShouldContain("Indiquez la fin du premier terme");
    }

    [Theory, BothDatabases]
    public async Task The_rate_is_a_managers_to_change(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Add(there, Maintenance[..5]);
        using var member = await there.Colleague(Role.Member);
        var address = await Address(there);
        (await member.Read(address)).ShouldContain("Le tarif est modifié par un gestionnaire");
        using var changed = await member.Submit(
            address,
            "engagement",
            ("In.Name", "Renommée"),
            ("In.Rate", "1"),
            ("In.Unit", "Hour")
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var engagement = await there.Ask(db =>
            db.Engagements.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)
        );
        (engagement.Name, engagement.RateCents, engagement.RateUnit).ShouldBe(("Renommée", 123_456L, RateUnit.Month));
        using var reader = await there.Colleague(Role.Reader);
        var page = await reader.Read(address);
        page.ShouldContain("1\u202F234,56\u00A0€ par mois");
        page.ShouldNotContain("name=\"In.Name\"");
        var form = await member.Fill(address, "engagement");
        using var refused = await reader.Send(form, ("In.Name", "Jamais"));
        (await member.Read(address)).ShouldNotContain("Jamais");
    }

    [Theory, BothDatabases]
    public async Task Somebody_of_elsewhere_leads_nothing_here(string database)
    {
        await using var there = await Portfolio.Open(database);
        var (_, stranger) = await there.House.NewWorkspace("Autre");
        using var wrong = await Add(there, [("In.Name", "Étude"), ("In.Lead", new Id<Person>(stranger.Id).ToString())]);
        (await Portfolio.Words(wrong)).ShouldContain("n’est plus membre");
    }

    [Theory, BothDatabases]
    public async Task An_engagement_removed_is_had_back(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Add(there, Maintenance[..3]);
        var address = await Address(there);
        using var removed = await there.Visitor.Submit(there.Sheet + "/engagements", address + "/remove");
        (await there.Visitor.Read(there.Sheet + "/engagements")).ShouldNotContain("<a href=\"" + address);
        using var gone = await there.Visitor.Get(address);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<HttpResponseMessage> Add(Portfolio there, (string, string)[] fields) =>
        there.Visitor.Submit(there.Sheet + "/engagements/new", "engagement", fields);

    private static async Task<string> Address(Portfolio there) =>
        $"/e/{there.Workspace}/engagements/"
        + await there.Ask(db => db.Engagements.Select(e => e.Id).SingleAsync(TestContext.Current.CancellationToken));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
