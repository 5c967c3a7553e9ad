using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

public sealed class TableImportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private const string Semicolons =
        "Export des factures\nAgence du Pré\n\n"
        + "Client;N° facture;Date;Échéance;Montant HT;TVA;Montant TTC;Payée le;Réglé\n"
        + "Dupont;F-1;15/01/2025;14/02/2025;1 234,56 €;246,91 €;1 481,47 €;20/02/2025;1 481,47 €\n"
        + "Martin;F-2;31/03/2025;30/04/2025;100,00 €;20,00 €;120,00 €;;0,00 €\n"
        + "Martin;A-1;02/04/2025;;-50,00 €;-10,00 €;-60,00 €;;\n";

    private const string Commas =
        "Customer,Invoice number,Date,Total\nSmith,1001,01/31/2025,$100.00\nSmith,1002,02/15/2025,$-142.85\n";

    [Theory, BothDatabases]
    public async Task A_table_becomes_invoices_credit_notes_and_payments(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var (id, columns) = await books.GiveTable("factures.csv", Semicolons);
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain(columns);
        var page = await books.Visitor.Read(columns);
        // Below three lines of preamble; what was guessed is read at once.
        page.ShouldContain("2 factures, 1 avoir");
        page.ShouldContain("15\u00A0janvier 2025");
        page.ShouldContain("1\u202F234,56\u00A0€");
        (await books.Choose(columns, "on")).Status.ShouldBe(HttpStatusCode.Redirect);
        var planned = (await books.Plan(id)).Files.Single();
        planned.Fate.ShouldBe(FileFate.Joins);
        var table = planned.Table!;
        (table.Invoices, table.CreditNotes, table.Payments, table.Net, table.NewClients).ShouldBe(
            (2, 1, 1, 128_456, 2)
        );
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain(
            "2 nouveaux clients\u00A0: Dupont, Martin"
        );
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        (await Entries(books)).ShouldBe([
            "Dupont Invoice F-1 2025-01-15 due 2025-02-14: 148147 net 123456 vat 24691 open 0 paid 2025-02-20 line 5",
            "Dupont Payment F-1 2025-02-20 due -: -148147 net 0 vat 0 open 0 paid - line 5",
            "Martin Invoice F-2 2025-03-31 due 2025-04-30: 12000 net 10000 vat 2000 open 12000 paid - line 6",
            "Martin CreditNote A-1 2025-04-02 due -: -6000 net -5000 vat -1000 open 0 paid - line 7",
        ]);
        var figures = await books.House.Ask(
            books.Workspace,
            db => db.ClientFigures.OrderByDescending(f => f.Revenue).ToListAsync(Cancellation)
        );
        figures
            .Select(f => (f.Revenue, f.Balance, f.Invoices, f.Payments))
            .ShouldBe([(123_456, 0, 1, 1), (5_000, 6_000, 1, 0)]);
    }

    [Theory, BothDatabases]
    public async Task The_same_table_again_changes_nothing_and_undoing_takes_all_away(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.ImportTable("factures.csv", Semicolons);
        var before = await Entries(books);
        // The very same file; then one with a document more.
        var (again, plan) = await books.Give(("encore.csv", Encoding.UTF8.GetBytes(Semicolons)));
        plan.Files.Single().Fate.ShouldBe(FileFate.Known);
        await books.Press(again, "give-up");
        var more = await books.ImportTable(
            "factures-2.csv",
            Semicolons + "Dupont;F-3;10/05/2025;;10,00 €;2,00 €;12,00 €;;\n"
        );
        (more.Files[0].Table!.There, more.Files[0].Table!.Invoices, more.Files[0].Table!.NewClients).ShouldBe(
            (3, 1, 0)
        );
        (await Entries(books)).Except(before).Count().ShouldBe(1);
        foreach (var import in await Imports(books))
        {
            await books.Press(import, "undo");
            await books.Until(import, ImportState.Undone);
        }
        (await Entries(books)).ShouldBeEmpty();
        (
            await books.House.Ask(books.Workspace, db => db.Clients.CountAsync(c => c.RemovedAt == null, Cancellation))
        ).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task What_two_tables_tell_stays_while_one_of_them_does(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        const string head = "Client;N° facture;Date;Montant TTC\n";
        const string january = "Dupont;F-1;15/01/2025;120,00\nMartin;F-2;31/01/2025;60,00\n";
        await books.ImportTable("janvier.csv", head + january);
        await books.ImportTable("fevrier.csv", head + january + "Dupont;F-3;14/02/2025;12,00\n");
        var imports = await Imports(books);
        await books.Press(imports[^1], "undo");
        await books.Until(imports[^1], ImportState.Undone);
        (await Numbers()).ShouldBe(["Dupont F-1", "Dupont F-3", "Martin F-2"]);
        var second = await books.House.Ask(
            books.Workspace,
            db => db.ImportedFiles.SingleAsync(f => f.State == FileState.Live, Cancellation)
        );
        // They are told by the file that remains.
        (
            await books.House.Ask(
                books.Workspace,
                db => db.CurrentEntries.Select(e => e.File).Distinct().ToListAsync(Cancellation)
            )
        ).ShouldBe([second.Id.Value]);
        await books.Press(imports[0], "undo");
        await books.Until(imports[0], ImportState.Undone);
        (await Entries(books)).ShouldBeEmpty();

        async Task<IEnumerable<string>> Numbers() =>
            (await Entries(books)).Select(e => string.Join(' ', e.Split(' ')[0], e.Split(' ')[2]));
    }

    [Theory, BothDatabases]
    public async Task A_client_that_went_with_its_table_comes_back_with_it(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.ImportTable("factures.csv", Semicolons);
        var before = await Clients();
        var first = (await Imports(books)).Single();
        await books.Press(first, "undo");
        await books.Until(first, ImportState.Undone);
        (await Clients()).ShouldBeEmpty();
        var plan = await books.ImportTable("factures.csv", Semicolons);
        plan.Files[0].Table!.NewClients.ShouldBe(2);
        (await Clients()).ShouldBe(before);

        Task<List<Id<Client>>> Clients() =>
            books.House.Ask(
                books.Workspace,
                db =>
                    db.Clients.Where(c => c.RemovedAt == null)
                        .OrderBy(c => c.Id)
                        .Select(c => c.Id)
                        .ToListAsync(Cancellation)
            );
    }

    [Theory, BothDatabases]
    public async Task Numbers_that_begin_again_each_year_are_other_documents(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        const string head = "Client;N° facture;Date;TTC;Payée le;Réglé\n";
        const string old = "Dupont;1;15/01/2024;120,00;16/02/2024;120,00\nDupont;2;16/01/2024;60,00;;\n";
        await books.ImportTable("2024.csv", head + old);
        await books.ImportTable("2025.csv", head + "Dupont;1;13/01/2025;240,00;14/02/2025;240,00\n");
        string[] all =
        [
            "Invoice 1 2024-01-15 12000",
            "Invoice 2 2024-01-16 6000",
            "Payment 1 2024-02-16 -12000",
            "Invoice 1 2025-01-13 24000",
            "Payment 1 2025-02-14 -24000",
        ];
        (await Told()).ShouldBe(all);
        // All in one file, in another order; and an electronic invoice would be found the same way.
        var plan = await books.ImportTable(
            "tout.csv",
            head + "Dupont;1;13/01/2025;240,00;14/02/2025;240,00\n" + old + "Dupont;2;17/01/2025;10,00;;\n"
        );
        (plan.Files[0].Table!.There, plan.Files[0].Table!.Invoices).ShouldBe((3, 1));
        (await Told()).ShouldBe([.. all, "Invoice 2 2025-01-17 1000"], ignoreOrder: true);

        async Task<List<string>> Told() =>
            (
                await books.House.Ask(
                    books.Workspace,
                    db => db.CurrentEntries.OrderBy(e => e.Date).ToListAsync(Cancellation)
                )
            ).ConvertAll(e => $"{e.Kind} {e.Number} {e.Date:yyyy-MM-dd} {e.Amount}");
    }

    [Theory, BothDatabases]
    public async Task What_came_in_when_ids_were_made_otherwise_does_not_come_in_twice(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.ImportTable(
            "factures.csv",
            "Client;Facture;Date;Prestation;TTC\n"
                + "Dupont;1;15/01/2024;Audit;120,00\nDupont;1;15/01/2024;Trajet;60,00\nDupont;1;13/01/2025;Audit;240,00\n",
            ("shared", "OwnInvoice")
        );
        await books.House.In(
            books.Workspace,
            async (AppDb db) =>
            {
                var entries = await db.Entries.AsNoTracking().OrderBy(e => e.Line).ToListAsync(Cancellation);
                entries.Count.ShouldBe(3);
                await db.Entries.ExecuteDeleteAsync(Cancellation);
                // By the order in the file alone.
                var old = entries.Select(
                    (e, i) => InvoiceEntry.Identity(e.ClientId, e.Kind, i == 0 ? "1" : $"1\n{i + 1}")
                );
                db.AddRange(
                    entries.Zip(
                        old,
                        (e, id) =>
                            new Entry
                            {
                                Id = id,
                                Reading = e.Reading,
                                ClientId = e.ClientId,
                                Kind = e.Kind,
                                Number = e.Number,
                                Date = e.Date,
                                BookedOn = e.BookedOn,
                                Amount = e.Amount,
                                Counted = e.Counted,
                                File = e.File,
                                Line = e.Line,
                            }
                    )
                );
                await db.SaveChangesAsync(Cancellation);
            }
        );
        var before = await Entries(books);
        // Another file that leaves makes this one be read again.
        await books.ImportTable("autres.csv", "Client;Facture;Date;TTC\nMartin;1;16/01/2025;60,00\n");
        var last = (await Imports(books))[0];
        await books.Press(last, "undo");
        await books.Until(last, ImportState.Undone);
        (await Entries(books)).ShouldBe(before, ignoreOrder: true);
    }

    [Theory, BothDatabases]
    public async Task An_answer_is_asked_for_kept_and_remembered_for_the_next_file(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        const string head = "Client;Numéro;Date;Montant TTC\n";
        var (id, columns) = await books.GiveTable(
            "janvier.csv",
            head + "Dupont;1;03/04/2025;10,00\nMartin;2;05/06/2025;20,00\n"
        );
        var page = await books.Visitor.Read(columns);
        page.ShouldContain("Comment lire les dates de «\u00A0Date\u00A0»\u00A0?");
        page.ShouldContain("«\u00A003/04/2025\u00A0» est 3\u00A0avril 2025");
        page.ShouldContain("«\u00A003/04/2025\u00A0» est 4\u00A0mars 2025");
        // Not answered: nothing typed is lost, and the page says what lacks.
        var unanswered = await books.Choose(columns, "on", ("currency", "CHF"), ("column-B", ""));
        unanswered.Status.ShouldBe(HttpStatusCode.OK);
        unanswered.Page.ShouldContain("Dites comment lire les dates de «\u00A0Date\u00A0».");
        unanswered.Page.ShouldContain("value=\"CHF\"");
        var preview = await books.Choose(columns, "look", ("dates-C", "MonthFirst"));
        preview.Page.ShouldContain("6\u00A0mai 2025");
        preview.Page.ShouldNotContain("Dites comment");
        (await books.Choose(columns, "on", ("dates-C", "MonthFirst"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await books.Plan(id)).Files[0].Fate.ShouldBe(FileFate.Joins);
        await books.Press(id, "give-up");
        // The next export of these columns comes with the answers.
        var (_, next) = await books.GiveTable("fevrier.csv", head + "Dupont;3;07/08/2025;10,00\n");
        page = await books.Visitor.Read(next);
        page.ShouldContain("réponses de la dernière fois");
        page.ShouldContain("8\u00A0juillet 2025");
    }

    [Fact]
    public async Task Months_before_days_and_dollars_are_told_by_the_columns()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.ImportTable("invoices.csv", Commas);
        var entries = await books.House.Ask(
            books.Workspace,
            db => db.CurrentEntries.OrderBy(e => e.Date).ToListAsync(Cancellation)
        );
        entries
            .Select(e => (e.Kind, e.Date, e.Amount, e.Currency))
            .ShouldBe([
                (EntryKind.Invoice, new DateOnly(2025, 1, 31), 10_000, "USD"),
                (EntryKind.CreditNote, new DateOnly(2025, 2, 15), -14_285, "USD"),
            ]);
    }

    [Fact]
    public async Task Rows_of_one_invoice_that_repeat_its_total_count_once()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var text = "Client;Facture;Date;Prestation;Prix;Total TTC\n";
        for (var i = 1; i <= 3; i++)
        {
            text +=
                $"Dupont;F{i};1{i}/01/2025;Audit;{i * 40},00;{i * 100},00\nDupont;F{i};1{i}/01/2025;Trajet;{i * 60},00;{i * 100},00\n";
        }
        await books.ImportTable("lignes.csv", text);
        (
            await books.House.Ask(books.Workspace, db => db.CurrentEntries.SumAsync(e => e.Amount, Cancellation))
        ).ShouldBe(60_000);
        // A person may say otherwise.
        var (id, columns) = await books.GiveTable(
            "lignes-2.csv",
            text.Replace("F", "G", StringComparison.Ordinal).Replace("Gacture", "Facture", StringComparison.Ordinal)
        );
        await books.Choose(columns, "on", ("shared", "OwnInvoice"));
        (await books.Plan(id)).Files[0].Table!.Invoices.ShouldBe(6);
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_with_its_line()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var plan = await books.ImportTable(
            "factures.csv",
            Semicolons + "Petit;F-9;hier;;1,00 €;;;;\nPetit;F-10;12/05/2025;;beaucoup;;;;\n"
        );
        plan.Files[0].Table!.LeftOut.ShouldBe(2);
        var file = await books.House.Ask(books.Workspace, db => db.ImportedFiles.SingleAsync(Cancellation));
        file.Rejected.ShouldBe(2);
        var page = await books.Visitor.Read($"{books.Here}/files/{file.Id}");
        page.ShouldContain("2 choses n’ont pas pu être lues");
        page.ShouldContain("hier");
        page.ShouldContain("beaucoup");
        page.ShouldContain("montant illisible");
    }

    [Fact]
    public async Task A_client_that_the_books_know_is_found_by_its_code_or_its_name()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.Import(Bookkeeper.Ledger("732829320", "20251231", "20250310 Dupont", "20250612 Martin"));
        var plan = await books.ImportTable(
            "factures.csv",
            "Code client;Client;Facture;Date;TTC\nDUPONT;Société Dupont;F1;15/01/2026;120,00\n;martin;F2;16/01/2026;120,00\n"
        );
        plan.Files[0].Table!.NewClients.ShouldBe(0);
        (await Entries(books))
            .Select(e => e.Split(' ')[0])
            .Distinct()
            .ShouldBe(["Dupont", "Martin"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_invoice_and_its_payment_that_the_books_tell_too_count_once()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.ImportTable(
            "factures.csv",
            "Client;Facture;Date;HT;TTC;Payée le;Réglé\nDupont;F20250310-1;10/03/2025;1000,00;1200,00;15/03/2025;1200,00\n",
            ("dates-C", "DayFirst")
        );
        await books.Import(Bookkeeper.Ledger("732829320", "20251231", "20250310 Dupont", "20250612 Martin"));
        var figures = await books.House.Ask(
            books.Workspace,
            db =>
                db.ClientFigures.SingleAsync(
                    f => db.Clients.Any(c => c.Id == f.ClientId && c.Name == "Dupont"),
                    Cancellation
                )
        );
        // The books know of no payment, and they reach beyond its day.
        (figures.Revenue, figures.Invoices, figures.Payments, figures.Balance).ShouldBe((100_000, 1, 0, 120_000));
    }

    [Fact]
    public async Task Another_line_of_headings_is_looked_at_before_it_is_taken()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var (id, columns) = await books.GiveTable("factures.csv", Semicolons);
        var changed = await books.Choose(columns, "on", ("header", "0"));
        changed.Status.ShouldBe(HttpStatusCode.OK);
        changed.Page.ShouldContain("Le tableau a changé");
        var wrong = await books.Choose(columns, "on", ("separator", "|"));
        wrong.Page.ShouldContain("ne contient pas de tableau");
        var twice = await books.Choose(columns, "on", ("column-B", "Date"));
        twice.Page.ShouldContain("Deux colonnes sont dites «\u00A0Date\u00A0»");
        var none = await books.Choose(columns, "on", ("column-A", ""));
        none.Page.ShouldContain("Dites quelle colonne nomme le client");
        await books.Press(id, "leave-tables");
        await books.Until(id, ImportState.GivenUp);
        using var gone = await books.Visitor.Get(columns);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_workbook_and_a_ledger_come_in_together_once_the_columns_are_known()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var id = await books.GiveUntil(
            ImportState.Mapping,
            ("factures.xlsx", Workbook("Client|Facture|Date|TTC", "Petit|F1|2025-01-15|120.50")),
            Bookkeeper.Ledger("732829320", "20251231", "20250310 Dupont")
        );
        var file = await books.House.Ask(
            books.Workspace,
            db => db.ImportedFiles.SingleAsync(f => f.Kind == FileKind.Table, Cancellation)
        );
        await books.Choose($"{books.Here}/imports/{id}/columns/{file.Id}", "on");
        (await books.Plan(id)).Files.Select(f => f.Fate).ShouldBe([FileFate.Joins, FileFate.Joins]);
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        (await Entries(books)).Select(e => e.Split(' ')[0]).ShouldBe(["Dupont", "Petit"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("bombe.xlsx", "plus que ce qui peut être lu")]
    [InlineData("secret.xlsx", "mot de passe")]
    [InlineData("ancien.xls", "ancien Excel")]
    [InlineData("coupe.xlsx", "abîmé, ou s’arrête au milieu")]
    [InlineData("archive.zip", "est une archive")]
    [InlineData("guillemet.csv", "guillemet")]
    public async Task A_hostile_file_is_refused_with_a_reason(string name, string words)
    {
        byte[] office = [0xD0, 0xCF, 0x11, 0xE0, .. new byte[508]];
        var content = name switch
        {
            "bombe.xlsx" => Workbook(200, "Client|Facture|Date|TTC", "Petit|F1|2025-01-15|120.50"),
            "secret.xlsx" => [.. office, .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[64]],
            "ancien.xls" => office,
            "coupe.xlsx" => Workbook("Client|Facture|Date|TTC", "Petit|F1|2025-01-15|120.50")[..^200],
            "archive.zip" => Archive(("notes.txt", "Bonjour")),
            _ => Encoding.UTF8.GetBytes(
                "Client;Facture;Date;TTC\nPetit;\"F1;15/01/2025;120,50\nPetit;F2;16/01/2025;1,00\n"
            ),
        };
        await using var books = await Bookkeeper.Open("sqlite");
        var (id, plan) = await books.Give(
            (name, content),
            Bookkeeper.Ledger("732829320", "20251231", "20250310 Dupont")
        );
        plan.Files.Select(f => f.Fate).ShouldBe([FileFate.Unreadable, FileFate.Joins], ignoreOrder: true);
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain(words);
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task A_table_of_ten_thousand_rows_comes_in_whole()
    {
        await using var books = await Bookkeeper.Open("postgres");
        var text = new StringBuilder("Client;Facture;Date;TTC\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Client {i % 700};F{i};{(i % 28) + 1:00}/01/2025;{i},50\n");
        }
        await books.ImportTable("factures.csv", text.ToString());
        (await books.House.Ask(books.Workspace, db => db.CurrentEntries.CountAsync(Cancellation))).ShouldBe(10_000);
        (await books.House.Ask(books.Workspace, db => db.Clients.CountAsync(Cancellation))).ShouldBe(700);
    }

    private static byte[] Workbook(params string[] rows) => Workbook(0, rows);

    /// <summary>A workbook of texts and numbers, as little of it as can be read.</summary>
    /// <param name="blanks">Megabytes of nothing in the sheet.</param>
    private static byte[] Workbook(int blanks, params string[] rows)
    {
        var sheet = string.Concat(
            rows.Select(r =>
                $"<row>{string.Concat(r.Split('|').Select(c => decimal.TryParse(c, CultureInfo.InvariantCulture, out _) ? $"<c><v>{c}</v></c>" : $"<c t=\"inlineStr\"><is><t>{c}</t></is></c>"))}</row>"
            )
        );
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        return Archive(
            (
                "_rels/.rels",
                $"<Relationships><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            (
                "xl/workbook.xml",
                $"<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Factures\" sheetId=\"1\" r:id=\"s0\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                $"<Relationships><Relationship Id=\"s0\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet0.xml\"/></Relationships>"
            ),
            (
                "xl/worksheets/sheet0.xml",
                $"<worksheet xmlns=\"{main}\">{new string(' ', blanks << 20)}<sheetData>{sheet}</sheetData></worksheet>"
            )
        );
    }

    private static byte[] Archive(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        return bytes.ToArray();
    }

    private static Task<List<Id<Import>>> Imports(Bookkeeper books) =>
        books.House.Ask(
            books.Workspace,
            db =>
                db.Imports.Where(i => i.State == ImportState.Done)
                    .OrderByDescending(i => i.Id)
                    .Select(i => i.Id)
                    .ToListAsync(Cancellation)
        );

    private static Task<List<string>> Entries(Bookkeeper books) =>
        books.House.Ask(
            books.Workspace,
            async db =>
                (
                    await db
                        .CurrentEntries.Join(db.Clients, e => e.ClientId, c => c.Id, (e, c) => new { e, c.Name })
                        .OrderBy(x => x.Name)
                        .ThenBy(x => x.e.Date)
                        .ToListAsync(Cancellation)
                ).ConvertAll(x =>
                    $"{x.Name} {x.e.Kind} {x.e.Number} {x.e.Date:yyyy-MM-dd} due {Day(x.e.DueOn)}: {x.e.Amount} net {x.e.Net} vat {x.e.Vat} open {x.e.Outstanding} paid {Day(x.e.PaidOn)} line {x.e.Line}"
                )
        );

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
