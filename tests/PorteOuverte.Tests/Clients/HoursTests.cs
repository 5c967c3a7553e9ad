using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

public sealed class HoursTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task The_hours_of_a_year_are_typed_and_saved_together(string database)
    {
        await using var there = await Portfolio.Open(database);
        var form = await there.Visitor.Fill(there.Sheet + "/hours", "hours");
        using var saved = await there.Visitor.Send(
            form,
            ("Hours.Months[0].Time", "7h30"),
            ("Hours.Months[11].Time", "12,25")
        );
        saved.Headers.Location!.ToString().ShouldEndWith("/hours#hours");
        (await Minutes(there)).ShouldBe([735, 450]);
        (await there.Visitor.Read(there.Sheet + "/hours")).ShouldContain("19,75\u00A0h");
        using var emptied = await there.Visitor.Submit(
            there.Sheet + "/hours",
            "hours",
            ("Hours.Months[0].Time", ""),
            ("Hours.Months[11].Time", "12,25")
        );
        (await Minutes(there)).ShouldBe([735]);
        (await there.Deeds()).Count(d => d == "hours.entered").ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_read_saves_nothing_and_stays(string database)
    {
        await using var there = await Portfolio.Open(database);
        using var wrong = await there.Visitor.Submit(
            there.Sheet + "/hours",
            "hours",
            ("Hours.Months[0].Time", "7h30"),
            ("Hours.Months[1].Time", "beaucoup")
        );
        var page = await Portfolio.Words(wrong);
        page.ShouldContain("«\u00A0beaucoup\u00A0» ne se lit pas");
        page.ShouldContain("value=\"beaucoup\"");
        page.ShouldContain("value=\"7h30\"");
        (await Minutes(there)).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_month_that_one_has_not_touched_is_left_to_who_has(string database)
    {
        await using var there = await Portfolio.Open(database);
        var form = await there.Visitor.Fill(there.Sheet + "/hours", "hours");
        using var first = await there.Visitor.Send(form, ("Hours.Months[0].Time", "10"));
        using var second = await there.Visitor.Send(form, ("Hours.Months[0].Time", ""), ("Hours.Months[1].Time", "5"));
        (await Minutes(there)).ShouldBe([300, 600]);
    }

    [Theory, BothDatabases]
    public async Task Hours_of_a_client_merged_into_this_one_are_counted_and_kept(string database)
    {
        await using var there = await Portfolio.Open(database);
        var twin = await there.Add("Jumeau");
        using var typed = await there.Visitor.Submit(
            $"/e/{there.Workspace}/clients/{twin}/hours",
            "hours",
            ("Hours.Months[0].Time", "4")
        );
        await there.Change(c => c.Id == twin, c => c.MergeInto(there.Client));
        using var fewer = await there.Visitor.Submit(there.Sheet + "/hours", "hours", ("Hours.Months[0].Time", "3"));
        (await Portfolio.Words(fewer)).ShouldContain("compte déjà 4\u00A0h");
        using var more = await there.Visitor.Submit(there.Sheet + "/hours", "hours", ("Hours.Months[0].Time", "10"));
        (await Minutes(there)).Order().ShouldBe([240, 360]);
    }

    [Theory, BothDatabases]
    public async Task A_table_is_shown_before_it_is_saved(string database)
    {
        await using var there = await Portfolio.Open(database);
        await there.Add("Double");
        await there.Add("double");
        await there.House.In(
            there.Workspace,
            async (AppDb db) =>
            {
                db.Add(new ClientCode("C042", there.Client, "CHOCO"));
                db.Add(new ClientHours(there.Client, new(2026, 10, 1)) { Minutes = 60 });
                await db.SaveChangesAsync(Stop);
            }
        );
        const string Table =
            "client;mois;heures\nchocolaterie du chene;2026-09;7,5\nc042;octobre 2026;7h30\nDouble;2026-10;1\nNul;2026-10;1";
        using var shown = await Post(there, Table, seen: null);
        var page = await Portfolio.Words(shown);
        page.ShouldContain("2\u00A0mois compris");
        page.ShouldContain("Plusieurs clients s’appellent ainsi");
        page.ShouldContain("Aucun client ne s’appelle ainsi");
        page.ShouldContain("Nul;2026-10;1");
        (await Minutes(there)).ShouldBe([60]);
        var seen = page.Split("name=\"In.Seen\" value=\"")[1].Split('"')[0];
        // A line changed since is shown first.
        using var changed = await Post(there, Table.Replace("7h30", "8h30", StringComparison.Ordinal), seen);
        (await Minutes(there)).ShouldBe([60]);
        using var saved = await Post(there, Table.ReplaceLineEndings("\r\n"), seen);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Minutes(there)).ShouldBe([450, 450]);
        (await there.Deeds()).ShouldContain("hours.imported");
    }

    [Theory, BothDatabases]
    public async Task Who_is_merged_into_a_deleted_client_has_no_hours_to_import(string database)
    {
        await using var there = await Portfolio.Open(database);
        var holder = await there.Add("Holding");
        var twin = await there.Add("Filiale");
        await there.Change(c => c.Id == twin, c => c.MergeInto(holder));
        await there.Change(c => c.Id == holder, c => c.Remove(Clientele.Now));
        using var shown = await Post(there, "client;mois;heures\nFiliale;2026-09;7,5", seen: null);
        (await Portfolio.Words(shown)).ShouldContain("Aucun client ne s’appelle ainsi");
    }

    [Theory, BothDatabases]
    public async Task A_file_of_a_spreadsheet_is_read_and_one_too_large_is_not(string database)
    {
        await using var there = await Portfolio.Open(database);
        var old = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Chocolaterie du Chêne;août 2026;7,5");
        using var read = await Post(there, "", seen: null, old);
        (await Portfolio.Words(read)).ShouldContain("Chocolaterie du Chêne;août 2026;7,5");
        using var large = await Post(there, "ce que j’ai collé", seen: null, new byte[1024 * 1024 + 1]);
        var page = await Portfolio.Words(large);
        page.ShouldContain("dépasse un mégaoctet");
        page.ShouldContain("ce que j’ai collé");
    }

    [Fact]
    public async Task A_reader_reads_the_hours_and_imports_none()
    {
        await using var there = await Portfolio.Open("sqlite", Role.Reader);
        (await there.Visitor.Read(there.Sheet + "/hours")).ShouldNotContain("<input name=\"Hours");
        using var refused = await there.Visitor.Get($"/e/{there.Workspace}/clients/hours");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> Post(Portfolio there, string text, string? seen, byte[]? file = null)
    {
        var address = $"/e/{there.Workspace}/clients/hours";
        var form = await there.Visitor.Fill(address, "import-hours");
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in form.Hidden)
        {
            body.Add(new StringContent(value), name);
        }
        body.Add(new StringContent(text), "In.Text");
        if (seen is not null)
        {
            body.Add(new StringContent(seen), "In.Seen");
            body.Add(new StringContent("true"), "In.Save");
        }
        if (file is not null)
        {
            body.Add(new ByteArrayContent(file), "In.File", "heures.csv");
        }
        return await there.Visitor.Http.PostAsync(new Uri(address, UriKind.Relative), body, Stop);
    }

    private static Task<List<int>> Minutes(Portfolio there) =>
        there.Ask(db => db.ClientHours.OrderBy(h => h.Month).Select(h => h.Minutes).ToListAsync(Stop));
}
