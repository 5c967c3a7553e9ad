using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting.ReadBooks;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

/// <summary>What one knew on a day, of what the books tell today.</summary>
public sealed class PastBooksTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task An_invoice_that_the_books_tell_later_is_known_from_the_day_it_was_typed_and_stays_paid(
        string database
    )
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Bookkeeper.Ledger("732829320", "20261231", "20260301 Grand"));
        var client = await books.House.Ask(
            books.Workspace,
            db => db.ClientCodes.Select(c => c.ClientId).SingleAsync(Stop)
        );
        var typed = Clientele.Invoice("F20260531-2", new(2026, 5, 1), 1000)(client);
        var payment = Clientele.Payment(new(2026, 5, 10), 1200)(client);
        payment.Settles = typed.Id.ToString();
        await books.House.In(
            books.Workspace,
            async (AppDb db) =>
            {
                db.AddRange(typed, payment);
                await db.SaveChangesAsync(Stop);
            }
        );
        await books.Import(Bookkeeper.Ledger("732829320", "20261231", "20260301 Grand", "20260531 Grand"));
        (await Seen(books, new(2026, 5, 5))).ShouldBe([("F20260301-1", 120_000, null), ("F20260531-2", 120_000, null)]);
        (await Seen(books, new(2026, 5, 15))).ShouldBe([
            ("F20260301-1", 120_000, null),
            ("F20260531-2", 0, new DateOnly(2026, 5, 10)),
        ]);
        (await Seen(books, new(2026, 6, 15))).ShouldBe([
            ("F20260301-1", 120_000, null),
            ("F20260531-2", 0, new DateOnly(2026, 5, 10)),
        ]);
    }

    [Theory, BothDatabases]
    public async Task A_client_of_the_books_who_was_deleted_for_good_is_not_asked_for(string database)
    {
        await using var books = await Bookkeeper.Open(database);
        await books.Import(Bookkeeper.Ledger("732829320", "20261231", "20260301 Grand", "20260302 Petit"));
        await books.House.In(
            books.Workspace,
            (AppDb db) => db.ClientCodes.Where(c => c.Code.Contains("PETIT")).ExecuteDeleteAsync(Stop)
        );
        (await Seen(books, new(2026, 5, 15))).ShouldBe([("F20260301-1", 120_000, null)]);
    }

    private static async Task<List<(string Number, long Owed, DateOnly? PaidOn)>> Seen(Bookkeeper books, DateOnly day)
    {
        IReadOnlyList<Entry> entries = [];
        await books.House.In(
            books.Workspace,
            async (IServiceProvider services) =>
                entries = await services.GetRequiredService<PastBooks>().Read(day, Stop)
        );
        return
        [
            .. entries
                .Where(e => e.Kind == EntryKind.Invoice)
                .Select(e => (e.Number, e.Outstanding, e.PaidOn))
                .OrderBy(e => e.Number, StringComparer.Ordinal),
        ];
    }
}
