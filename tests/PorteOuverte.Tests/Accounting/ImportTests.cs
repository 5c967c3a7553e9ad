using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.EditClient;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Clients.RemoveClient;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

public sealed class ImportTests
{
    private const string Ours = "732829320";
    private const string Others = "552100554";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", "fec/quadra/123456789FEC20190731.txt")]
    [InlineData("postgres", "fec/quadra/123456789FEC20190731.txt", Traits = ["Category", "Postgres"])]
    [InlineData("sqlite", "fec/odicom/123456789FEC20200331.txt")]
    [InlineData("sqlite", "fec/istea/123456789FEC20201231.txt")]
    [InlineData("sqlite", "fec/padded/111111111FEC20221231.TXT")]
    [InlineData("sqlite", "fec/own-made/odoo_123456789FEC20211231.txt")]
    [InlineData("sqlite", "fec/own-made/xml_123456789FEC20251231.xml")]
    public async Task The_figures_of_every_client_are_those_of_the_diagnosis(string database, string file)
    {
        var path = Corpus.Path(file);
        await using var books = await Bookkeeper.Open(database);
        await books.Import(path);
        var report = DiagnoseLedgerHandler.Handle(
            new DiagnoseLedger([LedgerSource.FromFile(path)]),
            null,
            Cancellation
        );
        var figures = await books.House.Ask(
            books.Workspace,
            async db =>
                (
                    await db
                        .ClientFigures.Join(
                            db.ClientCodes,
                            f => f.ClientId,
                            c => c.ClientId,
                            (f, c) => new { f, c.Code }
                        )
                        .ToListAsync(Cancellation)
                ).ToDictionary(x => x.Code, x => x.f, StringComparer.Ordinal)
        );
        figures.Keys.ShouldBe(report.Clients.Select(c => c.Code), ignoreOrder: true);
        foreach (var told in report.Clients)
        {
            var mine = figures[told.Code];
            mine.AsOf.ShouldBe(report.AsOf);
            Figures(
                    mine.Revenue,
                    mine.RevenueTwelveMonths,
                    mine.RevenueYearBefore,
                    mine.Invoices,
                    mine.CreditNotes,
                    mine.Payments,
                    mine.Balance,
                    mine.OldestOpen is { } open ? mine.AsOf.DayNumber - open.DayNumber : null,
                    mine.MeanDelay,
                    mine.MedianDelay,
                    mine.WeightedDelay,
                    mine.LateShare,
                    mine.FirstInvoice,
                    mine.LastInvoice,
                    mine.UsualInterval
                )
                .ShouldBe(
                    Figures(
                        told.Revenue,
                        told.RevenueTwelveMonths,
                        told.RevenueYearBefore,
                        told.Invoices,
                        told.CreditNotes,
                        told.Payments,
                        told.OpenBalance,
                        told.OldestOpenDays,
                        told.MeanDelay,
                        told.MedianDelay,
                        told.WeightedDelay,
                        told.LateShare,
                        told.FirstInvoice,
                        told.LastInvoice,
                        told.UsualInterval
                    ),
                    told.Code
                );
        }

        // Delays to a millionth of a day: the order of a sum is nobody's concern.
        static string Figures(params object?[] values) =>
            string.Join(" | ", values.Select(v => v is double d ? Math.Round(d, 6) : v));
    }

    [Theory, BothDatabases]
    public async Task The_same_file_twice_changes_nothing(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var file = Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250612 Martin");
        await books.Import(file);
        var before = await Entries(books);
        var (id, plan) = await books.Give(file);
        plan.Files.Single().Fate.ShouldBe(FileFate.Known);
        plan.ChangesNothing.ShouldBeTrue();
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain("rien de nouveau");
        await books.Press(id, "give-up");
        await books.Until(id, ImportState.GivenUp);
        (await Entries(books)).ShouldBe(before);
    }

    [Theory, BothDatabases]
    public async Task A_newer_export_of_the_year_replaces_the_older_and_keeps_what_people_added(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250612 Martin"));
        var kept = await books.House.Ask(books.Workspace, db => db.Entries.Select(e => e.Id).ToListAsync(Cancellation));
        var (id, plan) = await books.Give(
            Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250612 Martin", "20250901 Petit")
        );
        plan.Files.Single().Fate.ShouldBe(FileFate.Replaces);
        (plan.NewClients, plan.KnownClients).ShouldBe((1, 2));
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain(
            "Un nouveau client\u00A0: Petit. 2 sont déjà connus."
        );
        (plan.Before.Invoices, plan.After.Invoices).ShouldBe((2, 3));
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        var now = await books.House.Ask(
            books.Workspace,
            db => db.CurrentEntries.Select(e => e.Id).ToListAsync(Cancellation)
        );
        now.Count.ShouldBe(3);
        // The same line is the same entry: what hangs on it stays.
        kept.ShouldBeSubsetOf(now);
        (await FileStates(books)).ShouldBe([FileState.Gone, FileState.Live]);
    }

    [Fact]
    public async Task An_older_export_given_after_the_newer_counts_nothing_twice()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.Import(Bookkeeper.Ledger(Ours, "20251231", "20250110 Dupont", "20250612 Martin", "20251120 Petit"));
        var (_, plan) = await books.Give(Bookkeeper.Ledger(Ours, "20250630", "20250110 Dupont", "20250612 Martin"));
        plan.Files.Single().Fate.ShouldBe(FileFate.Known);
    }

    [Theory, BothDatabases]
    public async Task Undoing_an_import_brings_back_what_was_before(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont"));
        var before = await Entries(books);
        var (id, _) = await books.Give(Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250901 Petit"));
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        await books.Press(id, "undo");
        await books.Until(id, ImportState.Undone);
        (await Entries(books)).ShouldBe(before);
        (await FileStates(books)).ShouldBe([FileState.Live, FileState.Gone]);
        (await Shown(books)).ShouldBe(["Dupont"]);
    }

    [Theory, BothDatabases]
    public async Task Undoing_the_only_import_leaves_an_empty_workspace(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var (id, _) = await books.Give(Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250612 Martin"));
        (await Shown(books)).ShouldBeEmpty();
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        (await Shown(books)).ShouldBe(["Dupont", "Martin"]);
        await books.Press(id, "undo");
        await books.Until(id, ImportState.Undone);
        (await Shown(books)).ShouldBeEmpty();
        (await books.House.Ask(books.Workspace, db => db.CurrentEntries.CountAsync(Cancellation))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_client_that_went_with_its_file_comes_back_with_it_and_a_deleted_one_does_not(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var file = Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250612 Martin");
        var (id, _) = await books.Give(file);
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        // As if all of it had been long ago.
        await books.House.In(
            books.Workspace,
            (AppDb db) =>
                db.Clients.ExecuteUpdateAsync(
                    c => c.SetProperty(x => x.CreatedAt, new DateTime(2025, 7, 1, 0, 0, 0, DateTimeKind.Utc)),
                    Cancellation
                )
        );
        var before = await Clients(books);
        await books.House.In(
            books.Workspace,
            services => services.GetRequiredService<RemoveClientHandler>().Remove(before["Martin"], Cancellation)
        );
        await books.Press(id, "undo");
        await books.Until(id, ImportState.Undone);
        (await Shown(books)).ShouldBeEmpty();
        await books.House.Do(books.Workspace, "empty-bin");
        await books.Import(file);
        (await Shown(books)).ShouldBe(["Dupont"]);
        (await Clients(books)).ShouldBe(before, ignoreOrder: true);
    }

    [Theory, BothDatabases]
    public async Task What_was_looked_through_beside_other_books_is_looked_through_again(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var (first, _) = await books.Give(Bookkeeper.Ledger(Ours, "20241231", "20240310 Dupont"));
        var (second, plan) = await books.Give(
            Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250612 Martin")
        );
        (plan.NewClients, plan.Before.Invoices).ShouldBe((2, 0));
        await books.Press(first, "decide");
        await books.Until(first, ImportState.Done);
        await books.Press(second, "decide");
        (await books.Visitor.Read($"{books.Here}/imports/{second}")).ShouldContain("les fichiers sont relus");
        plan = await books.Plan(second);
        (plan.NewClients, plan.Before.Invoices, plan.After.Invoices).ShouldBe((1, 1, 3));
        await books.Press(second, "decide");
        await books.Until(second, ImportState.Done);
        (await Shown(books)).ShouldBe(["Dupont", "Martin"]);
    }

    [Theory, BothDatabases]
    public async Task The_books_of_another_business_are_asked_about_and_not_refused(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Bookkeeper.Ledger(Ours, "20241231", "20240310 Dupont"));
        var (id, plan) = await books.Give(Bookkeeper.Ledger(Others, "20251231", "20250310 Martin"));
        plan.OtherSiren.ShouldNotBeNull();
        using (var refused = await books.Visitor.Submit($"{books.Here}/imports/{id}", "decide"))
        {
            (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("cochez la case");
        }
        await books.Press(id, "decide", ("OtherCompany", "true"));
        await books.Until(id, ImportState.Done);
        (await Shown(books)).ShouldBe(["Dupont", "Martin"]);
    }

    [Theory]
    [InlineData("facture.pdf", "%PDF-1.7 …", "PDF")]
    [InlineData("vide.txt", "", "vide")]
    [InlineData("notes.txt", "Bonjour,\nvoici mes notes.\n", "FEC")]
    public async Task What_is_no_ledger_is_refused_with_a_reason(string name, string content, string word)
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var (id, plan) = await books.Give(
            (name, System.Text.Encoding.UTF8.GetBytes(content)),
            Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont")
        );
        plan.Files.Select(f => f.Fate).ShouldBe([FileFate.Unreadable, FileFate.Joins], ignoreOrder: true);
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain(word);
        await books.Press(id, "decide");
        await books.Until(id, ImportState.Done);
        (await Shown(books)).ShouldBe(["Dupont"]);
    }

    [Fact]
    public async Task A_file_cut_in_the_middle_of_a_line_is_refused_with_the_line()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var (name, content) = Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont", "20250612 Martin");
        var (id, plan) = await books.Give((name, content[..^60]));
        plan.Files.Single().Problem!.Key.ShouldBe("unreadable_Truncated");
        (await books.Visitor.Read($"{books.Here}/imports/{id}")).ShouldContain("ligne 7");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_nothing_of_it_is_kept()
    {
        await using var books = await Bookkeeper.Open("sqlite", ("LargestFileMB", "1"));
        using var answer = await books.Send(("gros.txt", new byte[(1 << 20) + 1]));
        answer.Headers.Location!.ToString().ShouldBe(books.Here);
        (await books.Visitor.Read(books.Here)).ShouldContain("dépasse");
        (await books.House.Ask(books.Workspace, db => db.ImportedFileParts.CountAsync(Cancellation))).ShouldBe(0);
        (await books.House.Ask(books.Workspace, db => db.Imports.CountAsync(Cancellation))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_client_is_found_by_all_its_words_whenever_they_came(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        var house = books.House;
        await Clientele.Add(house, books.Workspace, "Pâtisserie Œuf");
        async Task<bool> Finds(string words)
        {
            var here = $"/e/{books.Workspace}";
            var list = await books.Visitor.Read($"{here}/clients?q={Uri.EscapeDataString(words)}");
            var found = await books.Visitor.Read($"{here}/search?q={Uri.EscapeDataString(words)}");
            var inList = list.Contains(">Pâtisserie Œuf", StringComparison.Ordinal);
            inList.ShouldBe(found.Contains("Pâtisserie Œuf", StringComparison.Ordinal), words);
            return inList;
        }
        // Before anything is kept, and after.
        (await Finds("patisserie oeuf")).ShouldBeTrue();
        await house.Do(books.Workspace, "keep-words");
        (await Finds("oeuf PÂTISSERIE")).ShouldBeTrue();
        (await Finds("411oeuf")).ShouldBeFalse();
        // The books give it a code; a person gives it a tag and a number.
        await books.Import(Bookkeeper.Ledger(Ours, "20251231", "20250310 Dupont"));
        var form = Encoding.UTF8.GetString(Bookkeeper.Ledger(Ours, "20261231", "20260310 XX").Content);
        await books.Import(
            (
                $"{Ours}FEC20261231.txt",
                Encoding.UTF8.GetBytes(
                    form.Replace("\tXX\tXX\t", "\t411OEUF\tPâtisserie Œuf\t", StringComparison.Ordinal)
                )
            )
        );
        (await Finds("411oeuf")).ShouldBeTrue();
        await house.In(
            books.Workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                var client = await db.Clients.SingleAsync(c => c.Name == "Pâtisserie Œuf", Cancellation);
                client.Words.ShouldBe("patisserie oeuf  411oeuf ");
                await services
                    .GetRequiredService<EditClientHandler>()
                    .Handle(
                        new EditClient(
                            client.Id,
                            client.Name,
                            "732829320",
                            "",
                            "",
                            "",
                            "",
                            false,
                            "Fidèle",
                            false,
                            client.Version
                        ),
                        Cancellation
                    );
            }
        );
        (await Finds("fidele 732829 411oeuf")).ShouldBeTrue();
        await house.Do(books.Workspace, "keep-words");
        (await Finds("fidele 732829 411oeuf")).ShouldBeTrue();
        (await house.Ask(books.Workspace, db => db.Clients.CountAsync(c => c.Words == null, Cancellation))).ShouldBe(0);
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task After_a_large_import_the_database_knows_how_its_tables_look()
    {
        await using var books = await Bookkeeper.Open("postgres");
        await books.Import(
            Bookkeeper.Ledger(
                Ours,
                "20251231",
                [.. Enumerable.Range(0, 2_000).Select(i => $"20250310 Client{i % 500}")]
            )
        );
        await Wait.Until(async () =>
            await books.House.Ask(
                books.Workspace,
                db =>
                    db.Database.SqlQuery<int>(
                            $"select count(*)::int as \"Value\" from pg_stat_user_tables where last_analyze is not null and relname in ('entries', 'clients', 'client_codes', 'client_figures')"
                        )
                        .SingleAsync(Cancellation)
            ) == 4
        );
    }

    [Fact]
    public async Task Every_notice_of_a_file_is_shown()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        await books.Import(Corpus.Path("fec/padded/111111111FEC20221231.TXT"));
        var file = await books.House.Ask(books.Workspace, db => db.ImportedFiles.SingleAsync(Cancellation));
        var page = await books.Visitor.Read($"{books.Here}/files/{file.Id}");
        foreach (var notice in FileWords.Grouped(FileReport.Read(file.Report).Notices))
        {
            page.ShouldContain(new FileWords(System.Globalization.CultureInfo.GetCultureInfo("fr")).Message(notice));
        }
    }

    [Fact]
    public async Task Every_ledger_of_the_corpus_is_imported_or_refused_with_a_sentence()
    {
        await using var books = await Bookkeeper.Open("sqlite");
        var words = new FileWords(System.Globalization.CultureInfo.GetCultureInfo("fr"));
        var read = 0;
        foreach (var path in Directory.EnumerateFiles(Corpus.Path("fec"), "*FEC*", SearchOption.AllDirectories))
        {
            var (id, plan) = await books.Give(path);
            var file = plan.Files.Single();
            if (file.Problem is { } problem)
            {
                words.Sentence(file.Name, problem).ShouldStartWith(FileWords.Clean(file.Name));
            }
            else
            {
                plan.After.Last.ShouldNotBeNull(path);
                read++;
            }
            await books.Press(id, "give-up");
        }
        read.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Theory, BothDatabases]
    public async Task An_import_that_is_stopped_leaves_everything_as_it_was(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Bookkeeper.Ledger(Ours, "20241231", "20240310 Dupont"));
        var before = await Entries(books);
        var (id, _) = await books.Give(
            Bookkeeper.Ledger(
                Ours,
                "20251231",
                [.. Enumerable.Range(0, 40_000).Select(i => $"20250310 Client{i % 50}")]
            )
        );
        await books.Press(id, "decide");
        await Wait.Until(async () =>
            await books.House.Ask(books.Workspace, db => db.Entries.CountAsync(Cancellation)) > 4_000
        );
        await books.Press(id, "stop");
        await books.Until(id, ImportState.Ready);
        (await Entries(books)).ShouldBe(before);
        (await Shown(books)).ShouldBe(["Dupont"]);
        await Wait.Until(async () =>
            await books.House.Ask(books.Workspace, db => db.Entries.CountAsync(Cancellation)) == 1
        );
    }

    private static Task<List<string>> Entries(Bookkeeper books) =>
        books.House.Ask(
            books.Workspace,
            async db =>
                (await db.CurrentEntries.OrderBy(e => e.Date).ThenBy(e => e.Id).ToListAsync(Cancellation)).ConvertAll(
                    e => $"{e.Id} {e.ClientId} {e.Kind} {e.Number} {e.Date:O} {e.Amount} {e.Net} {e.Outstanding}"
                )
        );

    private static Task<Dictionary<string, Id<Client>>> Clients(Bookkeeper books) =>
        books.House.Ask(books.Workspace, db => db.Clients.ToDictionaryAsync(c => c.Name, c => c.Id, Cancellation));

    private static Task<List<FileState>> FileStates(Bookkeeper books) =>
        books.House.Ask(
            books.Workspace,
            db => db.ImportedFiles.OrderBy(f => f.Id).Select(f => f.State).ToListAsync(Cancellation)
        );

    private static Task<List<string>> Shown(Bookkeeper books) =>
        books.House.Ask(
            books.Workspace,
            db =>
                db.Clients.Where(c => c.RemovedAt == null && c.MergedInto == null)
                    .OrderBy(c => c.Name)
                    .Select(c => c.Name)
                    .ToListAsync(Cancellation)
        );
}
