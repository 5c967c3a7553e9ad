using System.Data.Common;
using System.Net;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Mail;
using PorteOuverte.Tests.Support;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Tests.Tables;

/// <summary>What every list does, shown on the mails of a workspace.</summary>
public sealed class TableTests
{
    private static readonly string[] Subjects =
    [
        "Œuvre complète",
        "œil",
        "Élan vers l’été",
        "chene",
        "Chênes",
        "zoé",
        "ABC",
        "100% _a_",
    ];

    private sealed record Row
    {
        public Id<OutgoingMail> Id { get; init; }
        public string Subject { get; init; } = "";
        public string? Name { get; init; }
        public string Address { get; init; } = "";
        public MailState State { get; init; }
        public int Attempts { get; init; }
        public long Cents { get; init; }
        public DateTime? SentAt { get; init; }
    }

    private static TableOf<Row> Table() =>
        TableOf<Row>
            .By(
                "mails",
                "Les courriels d’hier",
                db =>
                    db.Mails.Select(m => new Row
                    {
                        Id = m.Id,
                        Subject = m.Subject,
                        Name = m.ToName,
                        Address = m.ToAddress,
                        State = m.State,
                        Attempts = m.Attempts,
                        Cents = m.Attempts * 100,
                        SentAt = m.SentAt,
                    }),
                r => r.Id
            )
            .Text("subject", "Objet", r => r.Subject)
            .Text("name", "Nom", r => r.Name)
            .Badge("state", "État", r => r.State, state => (null, $"{state}"))
            .Number("attempts", "Essais", r => r.Attempts)
            .Amount("cents", "Prix", r => r.Cents)
            .Instant("sent", "Remis", r => r.SentAt, shown: false)
            .Filter("state", "État", r => r.State, [(MailState.Queued, "en attente"), (MailState.Sent, "remis")])
            .Filter(
                "kind",
                "Genre",
                [("long", "longs", r => r.Subject.Length > 7), ("named", "nommés", r => r.Name != null)]
            )
            .Search(r => r.Subject, r => r.Name, r => r.Address)
            .SortedBy("-subject");

    [Theory, BothDatabases]
    public async Task A_search_wants_all_words_whatever_their_accents_and_capitals(string database)
    {
        await using var house = await House.Open(database);
        var workspace = await Filled(house);
        await Finds("q=CHENE", "Chênes", "chene");
        await Finds("q=chêne", "Chênes", "chene");
        await Finds("q=oeu", "Œuvre complète");
        await Finds("q=Œ", "Œuvre complète", "œil", "zoé");
        await Finds("q=COMPLETE+œuvre", "Œuvre complète");
        await Finds("q=l%27ete", "Élan vers l’été");
        await Finds("q=%25", "100% _a_");
        await Finds("q=_", "100% _a_");
        await Finds("q=zoe+martin", "zoé");
        await Finds("q=martin", "zoé");
        await Finds("q=chene+zoe");
        await Finds("q=%00", [.. Subjects]);
        await Finds("q=++", [.. Subjects]);
        await Finds("q=%EF%BF%BE", [.. Subjects]);
        await Finds("q=%EF%BF%BEchene%EF%BF%BF", "Chênes", "chene");
        await Finds("q=chene&state=Queued", "Chênes", "chene");
        await Finds("q=chene&state=Sent");
        await Finds("kind=long", "Œuvre complète", "Élan vers l’été", "100% _a_");
        await Finds("kind=named", "zoé");
        await Finds("state=Nonsense&kind=&unknown=1&page=-1&size=7&sort=drop&cols=x", [.. Subjects]);

        async Task Finds(string query, params string[] subjects)
        {
            var found = await Read(house, workspace, query);
            found.Rows.Select(r => r.Subject).ShouldBe(subjects, ignoreOrder: true, query);
            found.Total.ShouldBe(subjects.Length, query);
        }
    }

    [Theory, BothDatabases]
    public async Task A_page_pasted_into_the_search_is_looked_for_as_far_as_ten_words(string database)
    {
        await using var house = await House.Open(database);
        var workspace = await Filled(house);
        var same = string.Join('+', Enumerable.Repeat("chene", 60));
        (await Read(house, workspace, "q=" + same)).Total.ShouldBe(2);
        var letters = string.Join('+', Enumerable.Repeat("c h e n", 3)) + "+chene+CHENE+c+h+1+2+3+4+5+nowhere";
        (await Read(house, workspace, "q=" + letters)).Total.ShouldBe(0);
        var eleven = "c+h+e+n+ch+he+en+ne+che+hen+nowhere";
        (await Read(house, workspace, "q=" + eleven)).Total.ShouldBe(2);
        var pasted = await Read(house, workspace, "q=" + string.Concat(Enumerable.Repeat("mot+", 5000)));
        pasted.View.Search.Length.ShouldBeLessThanOrEqualTo(200);
    }

    [Theory, BothDatabases]
    public async Task The_order_is_that_of_a_dictionary_and_the_same_on_both_databases(string database)
    {
        await using var house = await House.Open(database);
        var workspace = await Filled(house);
        string[] ordered = ["100% _a_", "ABC", "chene", "Chênes", "Élan vers l’été", "œil", "Œuvre complète", "zoé"];
        (await Read(house, workspace, "sort=subject")).Rows.Select(r => r.Subject).ShouldBe(ordered);
        (await Read(house, workspace, "")).Rows.Select(r => r.Subject).ShouldBe(ordered.Reverse());
    }

    [Theory, BothDatabases]
    public async Task What_is_missing_comes_last_whichever_way(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.Write(workspace, "a@example.fr", "remis");
        await house.Deliver(workspace);
        await house.Write(workspace, "b@example.fr", "en attente");
        foreach (var sort in new[] { "sent", "-sent" })
        {
            (await Read(house, workspace, "sort=" + sort))
                .Rows.Select(r => r.Subject)
                .ShouldBe(["remis", "en attente"]);
        }
    }

    [Theory, BothDatabases]
    public async Task Pages_follow_each_other_without_a_row_twice_or_lost(string database)
    {
        await using var house = await House.Open(database);
        var workspace = await Filled(house, 60);
        foreach (var sort in new[] { "state", "-attempts", "cents" })
        {
            var seen = new List<Id<OutgoingMail>>();
            foreach (var page in new[] { 1, 2, 3 })
            {
                var found = await Read(house, workspace, $"sort={sort}&size=25&page={page}");
                found.View.Page.ShouldBe(page);
                found.Total.ShouldBe(60);
                seen.AddRange(found.Rows.Select(r => r.Id));
            }
            seen.Count.ShouldBe(60);
            seen.Distinct().Count().ShouldBe(60);
        }
        // Beyond the last there is the last.
        (await Read(house, workspace, "size=25&page=99")).View.Page.ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task A_list_takes_two_statements(string database)
    {
        var said = new Statements();
        await using var house = await House.Open(database, services => services.AddSingleton<IInterceptor>(said));
        var workspace = await Filled(house, 30);
        said.Texts.Clear();
        var found = await Read(house, workspace, "q=numero+1&state=Queued&sort=-attempts&page=1");
        found.Rows.Count.ShouldBe(12);
        said.Texts.Count.ShouldBe(2, string.Join("\n\n", said.Texts));
        // The next word is looked for by the same statement: it is a parameter.
        said.Texts.ShouldAllBe(t => !t.Contains("numero", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task The_spreadsheet_holds_every_row_of_the_view_and_the_columns_it_shows(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        await Fill(house, workspace, [.. Enumerable.Range(1, 120).Select(n => $"Numéro {n:000}"), "=1+1"]);
        using var owner = await house.SignedIn(person);
        var view = $"/e/{workspace}/settings/mail/sheet";
        using var csv = await owner.Get(view + ".csv?q=numero&sort=-subject&cols=subject,state&page=2&size=25");
        csv.Content.Headers.ContentDisposition!.FileName.ShouldBe("courriels.csv");
        var lines = (await csv.Content.ReadAsStringAsync(Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(121);
        lines[0].ShouldEndWith("Courriel;État");
        lines[1].ShouldBe("Numéro 120;en attente");
        lines[^1].ShouldBe("Numéro 001;en attente");
        (await owner.Read(view + ".csv?q=1%2B1&cols=subject")).ShouldEndWith("Courriel\r\n'=1+1\r\n");

        using var xlsx = await owner.Get(view + ".xlsx?q=numero&sort=subject");
        xlsx.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var book = SpreadsheetDocument.Open(
            new MemoryStream(await xlsx.Content.ReadAsByteArrayAsync(Stop)),
            false
        );
        var rows = book.WorkbookPart!.WorksheetParts.Single()
            .Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>()
            .ToList();
        rows.Count.ShouldBe(121);
        rows[0].Elements<Cell>().Select(c => c.InnerText).ShouldBe(["Courriel", "À", "État", "Écrit le"]);
        rows[1].Elements<Cell>().First().InnerText.ShouldBe("Numéro 001");
    }

    [Fact]
    public async Task The_columns_chosen_are_there_tomorrow()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, person) = await house.NewWorkspace();
        await Fill(house, workspace, ["Un"]);
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/settings/mail";
        (await owner.Read(page)).ShouldNotContain("aria-sort=\"ascending\"");
        // An address that somebody sent shows its columns once.
        (await owner.Read(page + "?cols=attempts")).ShouldContain("data-label=\"Essais\"");
        (await owner.Read(page)).ShouldNotContain("data-label=\"Essais\"");
        await owner.Read(page + "?cols=attempts&size=100&keep=1");
        var tomorrow = await owner.Read(page);
        tomorrow.ShouldContain("data-label=\"Essais\"");
        tomorrow.ShouldNotContain("data-label=\"État\"");
        // The name of the row is always there.
        tomorrow.ShouldContain("<th scope=\"row\">");
        tomorrow.ShouldContain("selected>100</option>");
        (await owner.Read(page + "/sheet.csv")).ShouldEndWith("Courriel;Essais\r\nUn;0\r\n");
    }

    [Theory, BothDatabases]
    public async Task A_page_says_what_it_shows_and_where_the_rest_is(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/settings/mail";
        (await owner.Read(page)).ShouldNotContain("mails-layout");
        await Fill(
            house,
            workspace,
            [.. Enumerable.Range(1, 120).Select(n => $"Numéro {n:000}"), "<script>alert(1)</script>"]
        );
        var text = await owner.Read(page + "?q=numero&sort=subject&page=2&state=Queued");
        text.ShouldContain("51–100 sur 120");
        text.ShouldContain("role=\"status\" id=\"mails-said\">120 résultats<");
        text.ShouldContain("aria-sort=\"ascending\"");
        text.ShouldContain($"href=\"{page}?q=numero&state=Queued&sort=-subject\"");
        text.ShouldContain($"href=\"{page}?q=numero&state=Queued&sort=subject&page=3\"");
        text.ShouldContain($"href=\"{page}?q=numero&state=Queued&sort=subject\"");
        text.ShouldContain($"href=\"{page}/sheet.csv?q=numero&state=Queued&sort=subject\"");
        var none = await owner.Read(page + "?q=introuvable&sort=subject");
        none.ShouldContain("Rien ne correspond");
        none.ShouldContain($"href=\"{page}?sort=subject\"");
        using var raw = await owner.Get(page + "?q=%22%3E%3Cscript%3E");
        (await raw.Content.ReadAsStringAsync(Stop)).ShouldNotContain("<script>");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<Id<Workspace>> Filled(House house)
    {
        var (workspace, _) = await house.NewWorkspace();
        await Fill(house, workspace, Subjects);
        return workspace;
    }

    private static async Task<Id<Workspace>> Filled(House house, int rows)
    {
        var (workspace, _) = await house.NewWorkspace();
        await Fill(house, workspace, [.. Enumerable.Range(1, rows).Select(n => $"Numéro {n}")]);
        return workspace;
    }

    private static Task Fill(House house, Id<Workspace> workspace, IReadOnlyList<string> subjects) =>
        house.In(
            workspace,
            async (AppDb db) =>
            {
                foreach (var subject in subjects)
                {
                    var to = new Mailbox("a@example.fr", subject == "zoé" ? "Zoé Martin" : null);
                    db.Add(
                        new OutgoingMail(to, to, "example.fr", new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc))
                        {
                            Subject = subject,
                        }
                    );
                }
                await db.SaveChangesAsync(Stop);
            }
        );

    private static Task<Found<Row>> Read(House house, Id<Workspace> workspace, string query) =>
        house.Ask(
            workspace,
            db =>
                Table()
                    .Read(
                        db,
                        new DefaultHttpContext
                        {
                            Request = { Path = "/list", QueryString = new QueryString("?" + query) },
                        }
                    )
        );

    private sealed class Statements : DbCommandInterceptor
    {
        public List<string> Texts { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            Texts.Add(command.CommandText);
            return new(result);
        }
    }
}
