using System.Net;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.AddEntry;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

public sealed class AddEntryTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly AddEntry Right = new(
        EntryKind.Invoice,
        "F-1",
        "2026-03-01",
        "",
        "1 000",
        "20",
        "",
        "",
        [],
        0
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1 234,56", 123_456)]
    [InlineData("1\u202F234,56\u00A0€", 123_456)]
    [InlineData("1234.56", 123_456)]
    [InlineData("1.234,56", 123_456)]
    [InlineData("1,234.56", 123_456)]
    [InlineData("0,1", 10)]
    [InlineData("12", 1_200)]
    public void An_amount_is_read_however_it_is_typed(string typed, long cents) =>
        TypedAmount.Cents(typed).ShouldBe(cents);

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("1,234")]
    [InlineData("1.2.3")]
    [InlineData("douze")]
    [InlineData("1000000000")]
    [InlineData("99999999999999999999999999999999")]
    public void What_is_no_amount_is_none(string typed) => TypedAmount.Cents(typed).ShouldBeNull();

    [Theory]
    [InlineData("1000", "20", "", "", 100_000, 20_000, 120_000)]
    [InlineData("1000", "", "200", "", 100_000, 20_000, 120_000)]
    [InlineData("1000", "", "", "1200", 100_000, 20_000, 120_000)]
    [InlineData("", "20", "", "1200", 100_000, 20_000, 120_000)]
    [InlineData("", "", "200", "1200", 100_000, 20_000, 120_000)]
    [InlineData("1000", "20 %", "200,03", "1200,03", 100_000, 20_003, 120_003)]
    [InlineData("99,99", "5,5", "", "", 9_999, 550, 10_549)]
    [InlineData("1000", "0", "", "", 100_000, 0, 100_000)]
    public void Any_two_give_the_third(string net, string rate, string vat, string gross, long n, long v, long g)
    {
        var typed = Right with { Net = net, Rate = rate, Vat = vat, Gross = gross };
        typed.Wrong(Today).ShouldBeEmpty();
        typed.Amounts.ShouldBe((n, v, g));
    }

    [Fact]
    public void Each_field_says_what_is_wrong_with_it()
    {
        Wrong(Right with { Number = " " }).ShouldBe("Number numberMissing");
        Wrong(Right with { Number = new string('x', 101) }).ShouldBe("Number numberLong");
        Wrong(Right with { Date = "x" }).ShouldBe("Date dateMissing");
        Wrong(Right with { Date = "1889-01-01" }).ShouldBe("Date dateFar");
        Wrong(Right with { Date = "2026-11-23" }).ShouldBe("Date dateAhead");
        Wrong(Right with { Due = "2026-02-28" }).ShouldBe("Due dueEarly");
        Wrong(Right with { Net = "x" }).ShouldBe("Net amountUnread");
        Wrong(Right with { Rate = "" }).ShouldBe("Net amountsMissing");
        Wrong(Right with { Rate = "200" }).ShouldBe("Rate rateUnread");
        Wrong(Right with { Gross = "1300" }).ShouldBe("Gross rateWrong 20000");
        Wrong(Right with { Vat = "100" }).ShouldBe("Vat rateWrong 20000");
        Wrong(Right with { Vat = "200", Gross = "1300" }).ShouldBe("Gross grossWrong 120000");
        Wrong(Right with { Rate = "", Gross = "900" }).ShouldBe("Gross grossLess");
        Wrong(Right with { Net = "0" }).ShouldBe("Gross amountMissing");
        Wrong(Right with { Kind = EntryKind.Payment, Number = "", Gross = "" }).ShouldBe("Gross amountMissing");
        Wrong(Right with { Kind = EntryKind.Payment, Number = "", Gross = "-1" }).ShouldBe("Gross amountUnread");
    }

    [Theory, BothDatabases]
    public async Task An_invoice_is_written_down_paid_changed_deleted_and_had_back(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace(role: Role.Member);
        var client = await Clientele.Add(house, workspace, "Grand");
        using var member = await house.SignedIn(person);
        var here = $"/e/{workspace}/accounting/entries";
        (await member.Read($"{here}/new?kind=Invoice&q=gra")).ShouldContain($"client={client}");
        using var added = await member.Submit(
            $"{here}/new?kind=Invoice&client={client}",
            "entry",
            ("In.Number", "F-1"),
            ("In.Date", "2026-03-01"),
            ("In.Net", "1 000,00"),
            ("In.Rate", "20")
        );
        added.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        added.Headers.Location!.ToString().ShouldBe($"/e/{workspace}/clients/{client}");
        var invoice = (await Entries(house, workspace)).Single();
        (invoice.Net, invoice.Vat, invoice.Amount, invoice.Outstanding, invoice.DueOn).ShouldBe(
            (100_000, 20_000, 120_000, 120_000, new DateOnly(2026, 3, 31))
        );
        (await Figures(house, workspace)).ShouldBe((100_000, 120_000, 0, new DateOnly(2026, 3, 1)));
        (await member.Read($"/e/{workspace}/clients/{client}/invoices")).ShouldContain($"{here}/{invoice.Id}");
        using var second = await member.Submit(
            $"{here}/new?kind=Invoice&client={client}",
            "entry",
            ("In.Number", "F-2"),
            ("In.Date", "2026-04-01"),
            ("In.Gross", "600"),
            ("In.Vat", "100")
        );
        var other = (await Entries(house, workspace)).Single(e => e.Number == "F-2");

        using var paid = await member.Submit(
            $"{here}/new?kind=Payment&client={client}",
            "entry",
            ("In.Date", "2026-04-10"),
            ("In.Gross", "1500,00"),
            ("In.Settles", invoice.Id.ToString()),
            ("In.Settles", other.Id.ToString())
        );
        paid.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Owed(house, workspace)).ShouldBe([("F-1", 0, new DateOnly(2026, 4, 10)), ("F-2", 30_000, null)]);
        (await Figures(house, workspace)).ShouldBe((150_000, 30_000, 1, new DateOnly(2026, 4, 1)));
        var payment = (await Entries(house, workspace)).Single(e => e.Kind == EntryKind.Payment);
        (await member.Read($"{here}/{invoice.Id}")).ShouldContain($"{here}/{payment.Id}");
        (await member.Read($"/e/{workspace}/clients/{client}")).ShouldContain($"{here}/{payment.Id}");

        // The payment was less, and for the second alone.
        using var changed = await member.Submit(
            $"{here}/{payment.Id}/edit",
            "entry",
            ("In.Date", "2026-04-10"),
            ("In.Gross", "200"),
            ("In.Settles", other.Id.ToString())
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Owed(house, workspace)).ShouldBe([("F-1", 120_000, null), ("F-2", 40_000, null)]);
        var form = await member.Read($"{here}/{invoice.Id}/edit");
        form.ShouldContain("value=\"1\u202F000,00\"");
        form.ShouldContain("value=\"20\"");
        form.ShouldNotContain("value=\"1\u202F200,00\"");
        // The invoice was less than was paid of it.
        using var less = await member.Submit(
            $"{here}/{other.Id}/edit",
            "entry",
            ("In.Number", "F-2"),
            ("In.Date", "2026-04-01"),
            ("In.Gross", "150"),
            ("In.Vat", "25")
        );
        less.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Owed(house, workspace)).ShouldBe([("F-1", 120_000, null), ("F-2", 0, new DateOnly(2026, 4, 10))]);

        using var removed = await member.Submit($"{here}/{payment.Id}", $"{here}/{payment.Id}/remove");
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Owed(house, workspace)).ShouldBe([("F-1", 120_000, null), ("F-2", 15_000, null)]);
        (await Figures(house, workspace)).ShouldBe((112_500, 135_000, 0, new DateOnly(2026, 3, 1)));
        var undo = await member.Fill(removed.Headers.Location!.ToString(), $"{here}/{payment.Id}/restore");
        using var gone = await member.Get($"{here}/{payment.Id}");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var back = await member.Send(undo);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Owed(house, workspace)).ShouldBe([("F-1", 120_000, null), ("F-2", 0, new DateOnly(2026, 4, 10))]);
        (await Figures(house, workspace)).ShouldBe((112_500, 115_000, 1, new DateOnly(2026, 3, 1)));
        (await house.Lines(workspace))
            .Select(l => l.Action)
            // What follows from a deed has no line of its own.
            .SkipWhile(a => !a.StartsWith("entry.", StringComparison.Ordinal))
            .ShouldBe([
                "entry.added",
                "entry.added",
                "entry.added",
                "entry.changed",
                "entry.changed",
                "entry.removed",
                "entry.restored",
            ]);
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_so_is_said_and_nothing_typed_is_lost(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var client = await Clientele.Add(
            house,
            workspace,
            "Grand",
            "411",
            Clientele.Invoice("F-1", new(2026, 3, 1), 1000)
        );
        using var owner = await house.SignedIn(person);
        var form = $"/e/{workspace}/accounting/entries/new?kind=Invoice&client={client}";
        using var wrong = await owner.Submit(
            form,
            "entry",
            ("In.Number", "F-9"),
            ("In.Date", "2026-03-01"),
            ("In.Net", "1 000,00"),
            ("In.Gross", "900")
        );
        wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        var said = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(Stop));
        said.ShouldContain("ne peut pas être plus petit");
        said.ShouldContain("value=\"1 000,00\"");
        using var twice = await owner.Submit(
            form,
            "entry",
            ("In.Number", " F-1 "),
            ("In.Date", "2026-03-05"),
            ("In.Net", "50"),
            ("In.Rate", "20")
        );
        var refused = WebUtility.HtmlDecode(await twice.Content.ReadAsStringAsync(Stop));
        refused.ShouldContain("La facture F-1 du 01/03/2026, de 1\u202F200,00\u00A0€, est déjà là");
        refused.ShouldContain("value=\"2026-03-05\"");
        (await Entries(house, workspace)).Count.ShouldBe(1);
        // A credit note of the same number is another document, and counts against the client.
        using var credit = await owner.Submit(
            form.Replace("Invoice", "CreditNote", StringComparison.Ordinal),
            "entry",
            ("In.Number", "F-1"),
            ("In.Date", "2026-03-05"),
            ("In.Net", "50"),
            ("In.Rate", "20")
        );
        credit.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Figures(house, workspace)).ShouldBe((95_000, 114_000, 0, new DateOnly(2026, 3, 1)));
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_change_at_once_the_second_is_told(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        await Clientele.Add(house, workspace, "Grand", "411", Clientele.Invoice("F-1", new(2026, 3, 1), 1000));
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/accounting/entries/{(await Entries(house, workspace)).Single().Id}/edit";
        (string, string)[] typed = [("In.Number", "F-1"), ("In.Date", "2026-03-01"), ("In.Rate", "20")];
        var form = await owner.Fill(page, "entry");
        using var first = await owner.Submit(page, "entry", [.. typed, ("In.Net", "2000")]);
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var second = await owner.Send(form, [.. typed, ("In.Net", "3000")]);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = WebUtility.HtmlDecode(await second.Content.ReadAsStringAsync(Stop));
        told.ShouldContain("Quelqu’un d’autre a changé");
        told.ShouldContain("value=\"3000\"");
        (await Entries(house, workspace)).Single().Net.ShouldBe(200_000);
    }

    [Theory, BothDatabases]
    public async Task Whoever_may_only_read_writes_nothing_and_what_is_of_others_is_not_there(string database)
    {
        await using var house = await House.Open(database);
        var (others, _) = await house.NewWorkspace("Autre");
        var theirs = await Clientele.Add(house, others, "À eux", "411", Clientele.Invoice("F-1", new(2026, 3, 1), 9));
        var foreign = (await Entries(house, others)).Single().Id;
        var (workspace, person) = await house.NewWorkspace(role: Role.Reader);
        var client = await Clientele.Add(
            house,
            workspace,
            "Grand",
            "411",
            Clientele.Invoice("F-1", new(2026, 3, 1), 9)
        );
        var mine = (await Entries(house, workspace)).Single().Id;
        using var reader = await house.SignedIn(person);
        var here = $"/e/{workspace}/accounting/entries";
        var page = await reader.Read($"{here}/{mine}");
        page.ShouldContain("Facture F-1");
        page.ShouldNotContain("/remove");
        foreach (var refused in new[] { $"{here}/new?client={client}", $"{here}/{mine}/edit" })
        {
            using var answer = await reader.Get(refused);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        }
        var (second, member) = await house.NewWorkspace("À nous", Role.Member);
        using var visitor = await house.SignedIn(member);
        var there = $"/e/{second}/accounting/entries";
        foreach (
            var address in new[]
            {
                $"{there}/{foreign}",
                $"{there}/{foreign}/edit",
                $"{there}/x",
                $"{there}/new?client={theirs}",
                $"{there}/new?client=x",
            }
        )
        {
            using var answer = await visitor.Get(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
        }
        var own = await Clientele.Add(house, second, "Petit");
        var form = await visitor.Fill($"{there}/new?kind=Payment&client={own}", "entry");
        foreach (var deed in new[] { "remove", "restore" })
        {
            using var answer = await visitor.Send(form with { Address = $"{there}/{foreign}/{deed}" });
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, deed);
        }
        // An invoice of others that somebody names is none: theirs is owed as before.
        using var paid = await visitor.Send(
            form,
            ("In.Date", "2026-04-01"),
            ("In.Gross", "5"),
            ("In.Settles", foreign.ToString())
        );
        paid.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Owed(house, others)).Single().Owed.ShouldBe(1080);
    }

    [Theory, BothDatabases]
    public async Task A_payment_of_an_invoice_of_the_books_counts_until_the_books_tell_of_it(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var (house, workspace) = (books.House, books.Workspace);
        await books.Import(Bookkeeper.Ledger("732829320", "20261231", "20260301 Grand", "20260401 Grand"));
        var invoices = (await Entries(house, workspace)).OrderBy(e => e.Date).ToList();
        var client = invoices[0].ClientId;
        var form = $"/e/{workspace}/accounting/entries/new?kind=Payment&client={client}";
        using var paid = await books.Visitor.Submit(
            form,
            "entry",
            ("In.Date", "2026-04-10"),
            ("In.Gross", "1200"),
            ("In.Settles", invoices[0].Id.ToString())
        );
        paid.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Figures(house, workspace)).ShouldBe((200_000, 120_000, 1, new DateOnly(2026, 4, 1)));
        // A newer export that does not know of it: it is still paid.
        await books.Import(
            Bookkeeper.Ledger("732829320", "20261231", "20260301 Grand", "20260401 Grand", "20260501 Grand")
        );
        (await Figures(house, workspace)).ShouldBe((300_000, 240_000, 1, new DateOnly(2026, 4, 1)));
        // One that does: it counts there, once.
        await books.Import(
            Bookkeeper.Paid(
                Bookkeeper.Ledger("732829320", "20261231", "20260301 Grand", "20260401 Grand", "20260501 Grand"),
                "20260301",
                "20260410"
            )
        );
        (await Figures(house, workspace)).ShouldBe((300_000, 240_000, 1, new DateOnly(2026, 4, 1)));
        var payment = (await Entries(house, workspace)).Single(e => e.Reading == Entry.ByHand);
        payment.IsCovered.ShouldBeTrue();
        (await books.Visitor.Read($"/e/{workspace}/accounting/entries/{payment.Id}")).ShouldContain(
            "ne compte plus ici"
        );
    }

    private static string Wrong(AddEntry typed)
    {
        var (field, key, cents) = typed.Wrong(Today).ShouldHaveSingleItem();
        return $"{field} {key} {cents}".Trim();
    }

    private static Task<List<Entry>> Entries(House house, Id<Workspace> workspace) =>
        house.Ask(workspace, db => db.CurrentEntries.AsNoTracking().ToListAsync(Stop));

    private static async Task<List<(string Number, long Owed, DateOnly? PaidOn)>> Owed(
        House house,
        Id<Workspace> workspace
    ) =>
        [
            .. (await Entries(house, workspace))
                .Where(e => e.Kind == EntryKind.Invoice)
                .OrderBy(e => e.Number, StringComparer.Ordinal)
                .Select(e => (e.Number, e.Outstanding, e.PaidOn)),
        ];

    private static async Task<(long Revenue, long Balance, int Payments, DateOnly? OldestOpen)> Figures(
        House house,
        Id<Workspace> workspace
    )
    {
        var figures = await house.Ask(workspace, db => db.ClientFigures.AsNoTracking().SingleAsync(Stop));
        return (figures.Revenue, figures.Balance, figures.Payments, figures.OldestOpen);
    }
}
