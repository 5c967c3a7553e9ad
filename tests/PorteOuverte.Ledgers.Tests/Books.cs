using System.Globalization;
using System.Text;

namespace PorteOuverte.Ledgers.Tests;

/// <summary>Writes small FEC files, an entry at a time.</summary>
internal sealed class Books
{
    public const string Header =
        "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise";

    private readonly List<List<string>> entries = [];
    private int number;

    /// <summary>A client line: account 411000 with an auxiliary account.</summary>
    public static Line Client(string code, decimal amount, string letter = "") => new("411000", "Clients", code, "Société " + code, amount, letter);

    public static Line At(string account, decimal amount, string label = "Compte") => new(account, label, "", "", amount, "");

    /// <summary>One line of an entry; a positive amount is a debit.</summary>
    public sealed record Line(string Account, string AccountName, string Code, string Name, decimal Amount, string Letter);

    public IReadOnlyList<IReadOnlyList<string>> Entries => entries;

    public Books Entry(string journal, string date, string reference, params Line[] lines) => Numbered(journal, $"{++number}", date, reference, lines);

    public Books Numbered(string journal, string entryNumber, string date, string reference, params Line[] lines)
    {
        entries.Add(
            [
                .. lines.Select(l =>
                    string.Join(
                        '\t',
                        journal,
                        NameOf(journal),
                        entryNumber,
                        date,
                        l.Account,
                        l.AccountName,
                        l.Code,
                        l.Name,
                        reference,
                        date,
                        "Écriture " + reference,
                        Written(Math.Max(0, l.Amount)),
                        Written(Math.Max(0, -l.Amount)),
                        l.Letter,
                        "",
                        date,
                        "",
                        ""
                    )
                ),
            ]
        );
        return this;
    }

    /// <summary>An invoice with 20 % VAT.</summary>
    public Books Invoice(string code, string date, string reference, decimal net, string letter = "") =>
        Entry("VE", date, reference, Client(code, net * 1.2m, letter), At("706000", -net), At("445710", -net * 0.2m));

    /// <summary>A bank payment.</summary>
    public Books Payment(string code, string date, string reference, decimal gross, string letter = "") =>
        Entry("BQ", date, reference, At("512000", gross), Client(code, -gross, letter));

    public string Text() => Text(entries);

    public static string Text(IEnumerable<IEnumerable<string>> entries) => Header + "\n" + string.Concat(entries.SelectMany(e => e).Select(l => l + "\n"));

    public Ledger Read() => ReadText(Text());

    public static Ledger ReadText(string text, string name = "123456789FEC20251231.txt") => ReadBytes(Encoding.UTF8.GetBytes(text), name);

    public static Ledger ReadBytes(byte[] bytes, string name = "123456789FEC20251231.txt") => Ledger.Read([Source(bytes, name)]);

    public static LedgerSource Source(byte[] bytes, string name = "123456789FEC20251231.txt") => new(name, () => new MemoryStream(bytes, writable: false));

    public static LedgerSource Source(string text, string name = "123456789FEC20251231.txt") => Source(Encoding.UTF8.GetBytes(text), name);

    private static string Written(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',');

    private static string NameOf(string journal) =>
        journal switch
        {
            "VE" => "Ventes",
            "BQ" => "Banque",
            "AN" => "À nouveaux",
            "OD" => "Opérations diverses",
            _ => journal,
        };
}

internal static class LedgerSpeech
{
    /// <summary>All that a ledger says, as text: two ledgers that say the same have the same facts.</summary>
    public static string Facts(this Ledger ledger, DateOnly? day = null)
    {
        var facts = ledger.AsOf(day ?? ledger.LastEntry);
        var text = new StringBuilder();
        var from = ledger.FirstEntry;
        text.AppendLine(CultureInfo.InvariantCulture, $"{facts.Day:O} cash {facts.Cash} charges {facts.FixedCharges(from, facts.Day)} purchases {facts.Purchases(from, facts.Day)}");
        foreach (var client in facts.Clients)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{client.Code} {client.Name} {client.IsCollective} {client.Balance} {client.Payments} {client.Revenue(from, facts.Day)}");
            foreach (var invoice in client.Invoices.Concat(client.CreditNotes))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"  {invoice.Date:O} {invoice.BookedOn:O} {ledger.NumberOf(invoice)} {invoice.Gross} {invoice.Net} {invoice.Vat} {invoice.Outstanding} {invoice.PaidOn:O}"
                );
            }
            foreach (var item in client.OpenItems)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  open {item.Date:O} {item.Amount} {item.Kind}");
            }
        }
        return text.ToString();
    }

    public static ClientFacts Client(this Ledger ledger, string code, DateOnly? day = null) =>
        ledger.AsOf(day ?? ledger.LastEntry).Clients.Single(c => c.Code == code);

    public static Notice? Noticed(this Ledger ledger, NoticeCode code) => ledger.Files[0].Notices.FirstOrDefault(n => n.Code == code);
}
