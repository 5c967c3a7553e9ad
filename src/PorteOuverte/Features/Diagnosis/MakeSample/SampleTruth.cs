namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>What the books say, noted while they are kept and never read back: what a reader of the sample must find. Amounts in cents.</summary>
internal sealed class SampleTruth
{
    private readonly Dictionary<Client, ClientTruth> clients = [];
    private readonly List<(int Day, string Account, long Amount)> moves = [];
    private readonly List<FileTruth> files = [];

    /// <summary>One file's totals.</summary>
    internal sealed record FileTruth(int Lines, long Debit, long Credit);

    /// <summary>The clients that have been invoiced, by code.</summary>
    public IReadOnlyList<ClientTruth> Clients => [.. clients.Values.OrderBy(c => c.Code, StringComparer.Ordinal)];

    public IReadOnlyList<FileTruth> Files => files;

    /// <summary>Class 70 between two days, both included.</summary>
    public long Revenue(DateOnly from, DateOnly to) => -Sum(from, to, "70");

    /// <summary>Classes 61 to 64 between two days, both included.</summary>
    public long FixedCharges(DateOnly from, DateOnly to) => Sum(from, to, "61", "62", "63", "64");

    /// <summary>Class 60 between two days, both included.</summary>
    public long Purchases(DateOnly from, DateOnly to) => Sum(from, to, "60");

    /// <summary>Bank and till at the end of a day.</summary>
    public long Cash(DateOnly day) => Sum(DateOnly.MinValue, day, "512", "53");

    /// <summary>What all clients owe at the end of a day.</summary>
    public long Receivable(DateOnly day) => Clients.Sum(c => c.Balance(day));

    public void BeginFile() => files.Add(new FileTruth(0, 0, 0));

    public void See(Entry entry, Deed deed)
    {
        var file = files[^1];
        // The openings of later years only say again what the years before have said.
        var isRepeated = entry.Journal == Journal.Opening && files.Count > 1;
        foreach (var line in entry.Lines)
        {
            file = new FileTruth(
                file.Lines + 1,
                file.Debit + Math.Max(0, line.Amount),
                file.Credit + Math.Max(0, -line.Amount)
            );
            if (!isRepeated && !line.Account.IsClient)
            {
                moves.Add((entry.Date, line.Account.Number, line.Amount));
            }
        }
        files[^1] = file;
        if (deed is ClientDeed { Movements: var movements })
        {
            var client = movements[0].Affair.Client;
            if (!clients.TryGetValue(client, out var known))
            {
                clients.Add(client, known = new ClientTruth(client.Code, client.Name));
            }
            known.See(movements);
        }
    }

    private long Sum(DateOnly from, DateOnly to, params ReadOnlySpan<string> prefixes)
    {
        long sum = 0;
        foreach (var (day, account, amount) in moves)
        {
            foreach (var prefix in prefixes)
            {
                sum +=
                    day >= from.DayNumber && day <= to.DayNumber && account.StartsWith(prefix, StringComparison.Ordinal)
                        ? amount
                        : 0;
            }
        }
        return sum;
    }
}

/// <summary>What the books say of one client.</summary>
internal sealed class ClientTruth(string code, string name)
{
    private readonly List<Movement> movements = [];
    private readonly List<int> payments = [];

    public string Code { get; } = code;

    public string Name { get; } = name;

    public void See(IReadOnlyList<Movement> seen)
    {
        movements.AddRange(seen);
        // One transfer that pays several invoices is one payment.
        if (seen[0].Act == Act.Payment)
        {
            payments.Add(seen[0].Date);
        }
    }

    /// <summary>Sales without VAT, credit notes deducted.</summary>
    public long Revenue(DateOnly from, DateOnly to) =>
        Documents(to).Where(m => m.Date >= from.DayNumber).Sum(m => m.Net);

    public int Invoices(DateOnly day) => Documents(day).Count(m => m.Act == Act.Invoice);

    public int CreditNotes(DateOnly day) => Documents(day).Count(m => m.Act == Act.CreditNote);

    public int Payments(DateOnly day) => payments.Count(p => p <= day.DayNumber);

    public long Balance(DateOnly day) => movements.Where(m => m.Date <= day.DayNumber).Sum(m => m.Gross);

    /// <summary>Days from each invoice to the last payment of its affair, where that is settled; in order of the invoices.</summary>
    public IReadOnlyList<(int Date, int Days)> Delays(DateOnly day) =>
        [
            .. Documents(day)
                .Where(m => m.Act == Act.Invoice && m.Affair.PaidOn != 0 && m.Affair.SettledOn <= day.DayNumber)
                .Select(m => (m.Date, m.Affair.PaidOn - m.Date))
                .Order(),
        ];

    private IEnumerable<Movement> Documents(DateOnly day) =>
        movements.Where(m => m.Date <= day.DayNumber && (m.Act is Act.Invoice or Act.CreditNote));
}
