namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>An account of the agency, or that of one of its clients or suppliers. Balances are debit less credit, in cents.</summary>
internal sealed class Account(string number, string label, string code = "", string name = "")
{
    public string Number { get; } = number;

    public string Label { get; } = label;

    /// <summary>The auxiliary account, or nothing.</summary>
    public string Code { get; } = code;

    public string Name { get; } = name;

    public long Balance { get; set; }

    /// <summary>True for the accounts of the income statement, which begin each year at nothing.</summary>
    public bool IsIncome => Number[0] is '6' or '7';

    /// <summary>True for 411 and 416, whose opening is written document by document.</summary>
    public bool IsClient => Number.StartsWith("41", StringComparison.Ordinal);

    /// <summary>The fields of this account as the writer of the day spells them.</summary>
    public byte[]? Spelt { get; set; }
}

/// <param name="Rank">Its place among the journals of one day.</param>
internal sealed record Journal(string Code, string Label, int Rank)
{
    public static readonly Journal Opening = new("AN", "À-nouveaux", 0);
    public static readonly Journal Sales = new("VE", "Ventes", 1);
    public static readonly Journal Purchases = new("AC", "Achats", 2);
    public static readonly Journal Salaries = new("SA", "Salaires", 3);
    public static readonly Journal Bank = new("BQ", "Banque", 4);
    public static readonly Journal Various = new("OD", "Opérations diverses", 5);
}

/// <summary>An entry being written: one object serves for all.</summary>
internal sealed class Entry
{
    private readonly List<Line> lines = [];

    internal readonly record struct Line(
        Account Account,
        long Amount,
        string Reference,
        int DocumentDate,
        string Label,
        string Letter,
        int LetteredOn
    );

    public Journal Journal { get; private set; } = Journal.Opening;

    /// <summary>Its number within the year.</summary>
    public int Number { get; set; }

    public int Date { get; private set; }

    public string Reference { get; set; } = "";

    public string Label { get; set; } = "";

    public IReadOnlyList<Line> Lines => lines;

    public void Begin(Journal journal, int date)
    {
        lines.Clear();
        (Journal, Date, Reference, Label) = (journal, date, "", "");
    }

    /// <summary>Debits an account, or credits it where the amount is negative; nothing is no line.</summary>
    public void Add(Account account, long amount) => Add(account, amount, Reference, Date, "", 0);

    public void Add(Account account, long amount, string reference, int documentDate, string letter, int letteredOn)
    {
        if (amount != 0)
        {
            lines.Add(
                new Line(account, amount, reference, documentDate, Label, letter, letter.Length == 0 ? 0 : letteredOn)
            );
        }
    }
}
