using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.MergeClient;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

public sealed class EInvoiceImportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Folder(string folder) => Corpus.Path(Path.Combine("einvoice", folder));

    [Theory, BothDatabases]
    public async Task An_electronic_invoice_becomes_an_invoice_of_its_buyer(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var (id, plan) = await books.Give(Path.Combine(Folder("fnfe-correct"), "Facture_FR_BASICWL.pdf"));
        plan.Files.Single().Fate.ShouldBe(FileFate.Joins);
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain(
            "Facture FA-2017-0010 du 13/11/2017 pour Ma jolie boutique, 671,15\u00A0€"
        );
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        var (entry, client) = (await Written(books)).Single();
        (entry.Kind, entry.Number, entry.Amount, entry.Net, entry.Vat, entry.Outstanding).ShouldBe(
            (EntryKind.Invoice, "FA-2017-0010", 67_115, 62_490, 4_625, 47_015)
        );
        (entry.Date, entry.DueOn).ShouldBe((new DateOnly(2017, 11, 13), new DateOnly(2017, 12, 13)));
        (client.Name, client.Siren!.Value.Digits, client.VatNumber).ShouldBe(
            ("Ma jolie boutique", "787878784", "FR19787878784")
        );
        var figures = await books.House.Ask(books.Workspace, db => db.ClientFigures.SingleAsync(Cancellation));
        (figures.Invoices, figures.Revenue, figures.Balance).ShouldBe((1, 62_490, 47_015));
    }

    [Fact]
    public async Task A_credit_note_counts_against_the_client()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.Import(Path.Combine(Folder("fnfe-correct"), "Avoir_FR_type381_BASIC.pdf"));
        var (entry, _) = (await Written(books)).Single();
        (entry.Kind, entry.Number, entry.Amount, entry.Net, entry.Counted, entry.Outstanding).ShouldBe(
            (EntryKind.CreditNote, "AV-2017-0005", -23_347, -21_848, -23_347, 0)
        );
    }

    [Fact]
    public async Task Another_currency_is_kept_and_counts_in_no_total()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.Import(Path.Combine(Folder("cii-examples"), "huf_example_cii.xml"));
        var (entry, _) = (await Written(books)).Single();
        (entry.Currency, entry.Amount).ShouldBe(("HUF", 8_785_900));
        var figures = await books.House.Ask(books.Workspace, db => db.ClientFigures.SingleAsync(Cancellation));
        (figures.Revenue, figures.Invoices).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Every_document_of_the_corpus_is_imported_or_refused_with_a_sentence()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var files = new[] { "fnfe-correct", "cii-examples", "ubl-examples" }
            .SelectMany(f => Directory.EnumerateFiles(Folder(f)))
            .Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))
            .ToArray();
        var (id, plan) = await books.Give(files);
        plan.Files.Count.ShouldBe(files.Length);
        var words = new FileWords(CultureInfo.GetCultureInfo("fr"));
        foreach (var file in plan.Files.Where(f => f.Fate == FileFate.Unreadable))
        {
            words.Sentence(file.Name, file.Problem!).ShouldStartWith(FileWords.Clean(file.Name));
        }
        plan.Files.Count(f => f.Fate == FileFate.Joins).ShouldBeGreaterThanOrEqualTo(30);
        await books.Press(id, "decide", ("OtherCompany", "true"));
        await books.Until(id, ImportState.Done);
        // Some of the files are the same invoice in two grammars: it counts once.
        (await Written(books)).Count.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task An_invoice_in_two_files_counts_once_and_undoing_takes_it_away()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.Import(Path.Combine(Folder("fnfe-correct"), "Facture_FR_BASICWL.pdf"));
        var (again, plan) = await books.Give(Path.Combine(Folder("fnfe-correct"), "Facture_FR_MINIMUM.pdf"));
        plan.Files.Single().Fate.ShouldBe(FileFate.Known);
        await books.Press(again, "give-up");
        var first = await books.House.Ask(
            books.Workspace,
            db => db.Imports.OrderBy(i => i.Id).Select(i => i.Id).FirstAsync(Cancellation)
        );
        await books.Press(first, "undo");
        await books.Until(first, ImportState.Undone);
        (await Written(books)).ShouldBeEmpty();
        (
            await books.House.Ask(books.Workspace, db => db.Clients.CountAsync(c => c.RemovedAt == null, Cancellation))
        ).ShouldBe(0);
    }

    [Fact]
    public async Task What_the_books_tell_too_counts_once()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.Import(Path.Combine(Folder("fnfe-correct"), "Facture_FR_BASICWL.pdf"));
        await books.Import(Ledger("Ma jolie boutique", "FA-2017-0010", "20171113", "671,15", "624,90", "46,25"));
        var entries = await books.House.Ask(
            books.Workspace,
            db => db.CurrentEntries.OrderBy(e => e.Reading).ToListAsync(Cancellation)
        );
        entries.Select(e => (e.Number, e.IsCovered)).ShouldBe([("FA-2017-0010", true), ("FA-2017-0010", false)]);
        var figures = await books.House.Ask(books.Workspace, db => db.ClientFigures.ToListAsync(Cancellation));
        figures.Sum(f => f.Revenue).ShouldBe(62_490);
    }

    [Theory, BothDatabases]
    public async Task What_the_books_tell_of_a_client_that_is_merged_counts_once_while_it_is(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Path.Combine(Folder("fnfe-correct"), "Facture_FR_BASICWL.pdf"));
        await books.Import(Ledger("MJB SARL", "FA-2017-0010", "20171113", "671,15", "624,90", "46,25"));
        var before = await Figures();
        before.Select(f => f.Revenue).ShouldBe([62_490, 62_490]);
        var (kept, other) = (before[0].ClientId, before[1].ClientId);
        await books.House.In(
            books.Workspace,
            services => services.GetRequiredService<MergeClientHandler>().Merge(kept, other, Cancellation)
        );
        (await Figures()).Select(f => (f.ClientId, f.Revenue, f.Invoices)).ShouldBe([(kept, 62_490, 1)]);
        // One more reading sees them as one, too.
        var (next, _) = await books.Give(Path.Combine(Folder("fnfe-correct"), "Avoir_FR_type381_BASIC.pdf"));
        await books.Press(next, "decide", ("OtherCompany", "true"));
        await books.Until(next, ImportState.Done);
        await books.Press(next, "undo");
        await books.Until(next, ImportState.Undone);
        (await Figures()).Sum(f => f.Revenue).ShouldBe(62_490);
        await books.House.In(
            books.Workspace,
            services => services.GetRequiredService<MergeClientHandler>().Separate(other, [], Cancellation)
        );
        (await Figures())
            .Where(f => f.Invoices > 0)
            .Select(f => (f.ClientId, f.Revenue, f.Balance))
            .ShouldBe(before.Select(f => (f.ClientId, f.Revenue, f.Balance)));

        Task<List<ClientFigures>> Figures() =>
            books.House.Ask(
                books.Workspace,
                db => db.ClientFigures.AsNoTracking().OrderBy(f => f.ClientId).ToListAsync(Cancellation)
            );
    }

    [Theory, BothDatabases]
    public async Task A_document_of_a_client_that_is_merged_since_is_known_when_it_comes_again(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Path.Combine(Folder("fnfe-correct"), "Facture_FR_BASICWL.pdf"));
        var other = await books.House.Ask(
            books.Workspace,
            db => db.Clients.Select(c => c.Id).SingleAsync(Cancellation)
        );
        var kept = await Clientele.Add(books.House, books.Workspace, "Maison mère");
        await books.House.In(
            books.Workspace,
            services => services.GetRequiredService<MergeClientHandler>().Merge(kept, other, Cancellation)
        );
        var (_, plan) = await books.Give(Path.Combine(Folder("fnfe-correct"), "Facture_FR_MINIMUM.pdf"));
        plan.Files.Single().Fate.ShouldBe(FileFate.Known);
    }

    [Theory]
    [InlineData(
        "bombe.xml",
        "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><Invoice>&b;</Invoice>",
        "DTD"
    )]
    [InlineData("dehors.xml", "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Invoice>&x;</Invoice>", "DTD")]
    [InlineData(
        "commande.xml",
        "<Order xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Order-2\"/>",
        "pas une facture"
    )]
    [InlineData(
        "coupe.xml",
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><cbc:ID xmlns:cbc=\"x\">12",
        "milieu"
    )]
    [InlineData("abime.pdf", "%PDF-1.7\nrien de bon", "abîmé")]
    public async Task What_is_no_invoice_is_refused_with_a_reason(string name, string content, string word)
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var (id, plan) = await books.Give((name, Encoding.UTF8.GetBytes(content)));
        plan.Files.Single().Fate.ShouldBe(FileFate.Unreadable);
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain(word);
    }

    [Fact]
    public async Task A_document_behind_a_password_is_refused_with_what_to_do()
    {
        PdfSharp.PdfSharpLicense.SetAgplLicense();
        using var document = new PdfSharp.Pdf.PdfDocument();
        document.AddPage();
        document.SecuritySettings.UserPassword = "secret";
        document.SecuritySettings.OwnerPassword = "plus secret";
        using var content = new MemoryStream();
        document.Save(content, closeStream: false);
        await using var books = await Bookkeeper.Open("sqlite");
        var (id, plan) = await books.Give(("facture.pdf", content.ToArray()));
        plan.Files.Single().Problem!.Key.ShouldBe("pdf_Password");
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain("mot de passe");
    }

    private static (string, byte[]) Ledger(
        string client,
        string number,
        string date,
        string gross,
        string net,
        string vat
    )
    {
        var head =
            "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\r\n";
        string Line(string account, string aux, string name, string debit, string credit) =>
            $"VE\tVentes\t1\t{date}\t{account}\tCompte\t{aux}\t{name}\t{number}\t{date}\tFacture\t{debit}\t{credit}\t\t\t{date}\t\t\r\n";
        return (
            "732829320FEC20171231.txt",
            Encoding.UTF8.GetBytes(
                head
                    + Line("411000", "C01", client, gross, "0,00")
                    + Line("706000", "", "", "0,00", net)
                    + Line("445710", "", "", "0,00", vat)
            )
        );
    }

    private static Task<List<(Entry Entry, Client Client)>> Written(Bookkeeper books) =>
        books.House.Ask(
            books.Workspace,
            async db =>
                (
                    await db
                        .CurrentEntries.Join(db.Clients, e => e.ClientId, c => c.Id, (e, c) => new { e, c })
                        .ToListAsync(Cancellation)
                ).ConvertAll(x => (x.e, x.c))
        );
}
