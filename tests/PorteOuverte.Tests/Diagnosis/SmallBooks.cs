using System.Globalization;
using System.Text;
using System.Text.Json;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>Books kept by hand for one question: invoices at will, a rent each month, a bank account or none.</summary>
internal sealed class SmallBooks
{
    private const string Header =
        "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\n";

    private readonly List<(DateOnly Day, string Lines)> entries = [];

    public static DateOnly End { get; } = new(2025, 12, 31);

    /// <summary>An invoice of 1 000 € before VAT.</summary>
    public SmallBooks Invoice(string client, DateOnly day)
    {
        var number = (entries.Count + 1).ToString(CultureInfo.InvariantCulture);
        var date = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        entries.Add(
            (
                day,
                Line("VE", number, date, "411000", client, "1200,00", "0,00")
                    + Line("VE", number, date, "706000", "", "0,00", "1000,00")
                    + Line("VE", number, date, "445710", "", "0,00", "200,00")
            )
        );
        return this;
    }

    /// <summary>An invoice each month from the first to the last month, both included; each client on a day of their own.</summary>
    public SmallBooks Monthly(string client, int day, DateOnly first, DateOnly last)
    {
        for (var month = first; month <= last; month = month.AddMonths(1))
        {
            Invoice(client, new DateOnly(month.Year, month.Month, day));
        }
        return this;
    }

    /// <summary>Capital paid into the bank, and a rent of each month.</summary>
    public SmallBooks Bank(DateOnly first, int capital, int rent)
    {
        Entry(first, "512000", "101000", capital);
        for (var day = first; day <= End; day = day.AddMonths(1))
        {
            Entry(day, "613000", "401000", rent);
        }
        // Something happens on the last day: books are known to their last entry.
        Entry(End, "471000", "472000", 1);
        return this;
    }

    private void Entry(DateOnly day, string debit, string credit, int euros)
    {
        var number = (entries.Count + 1).ToString(CultureInfo.InvariantCulture);
        var date = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var amount = euros.ToString(CultureInfo.InvariantCulture) + ",00";
        entries.Add(
            (
                day,
                Line("OD", number, date, debit, "", amount, "0,00")
                    + Line("OD", number, date, credit, "", "0,00", amount)
            )
        );
    }

    private static string Line(
        string journal,
        string number,
        string date,
        string account,
        string client,
        string debit,
        string credit
    ) =>
        $"{journal}\t{journal}\t{number}\t{date}\t{account}\tCompte\t{client}\t{client}\tP{number}\t{date}\tEcriture\t{debit}\t{credit}\t\t\t{date}\t\t\n";

    public Ledger Read(DateOnly? until = null)
    {
        var text = new StringBuilder(Header);
        foreach (var (_, lines) in entries.Where(e => until is null || e.Day <= until).OrderBy(e => e.Day))
        {
            text.Append(lines);
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return Ledger.Read(
            [new LedgerSource("123456782FEC20251231.txt", () => new MemoryStream(bytes))],
            cancellation: TestContext.Current.CancellationToken
        );
    }

    public Report Report(DateOnly? asOf = null, DateOnly? until = null) => Report(Read(until), asOf ?? End);

    public static Report Report(Ledger ledger, DateOnly asOf) =>
        DiagnoseLedgerHandler.Of(ledger, asOf, 30, Thresholds.Default);

    public static JsonElement Json(Report report)
    {
        using var document = JsonDocument.Parse(Bytes(report));
        return document.RootElement.Clone();
    }

    public static byte[] Bytes(Report report)
    {
        using var stream = new MemoryStream();
        JsonReport.Write(stream, report, notice => notice.Code.ToString());
        return stream.ToArray();
    }

    public static SmallBooks Steady(int clients, DateOnly first, int capital = 20_000)
    {
        var books = new SmallBooks().Bank(first, capital, rent: 9_000);
        for (var i = 0; i < clients; i++)
        {
            books.Monthly($"Fidele{i:00}", 1 + i, first, End);
        }
        return books;
    }
}
