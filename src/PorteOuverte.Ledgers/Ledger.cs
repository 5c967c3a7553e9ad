using PorteOuverte.Ledgers.Facts;
using PorteOuverte.Ledgers.Fec;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers;

/// <summary>The books of one business, read from one or several accounting files (FEC: art. A.47 A-1 of the LPF).</summary>
/// <remarks>
/// Files of several years, or the parts of one year, make one ledger: an entry cut between two files is one entry, an
/// invoice of one year paid in the next is matched, and an opening that repeats what an earlier file says counts once.
/// Of each file only client lines, sales and a few totals per day are kept. All amounts are whole cents.
/// </remarks>
public sealed class Ledger
{
    private readonly List<Part> parts;
    private readonly MovementRow[] movements;
    private readonly int[] clientStarts;
    private readonly ClientIdentity[] clients;
    private readonly AccountTotals[] accounts;
    private readonly Exercises exercises;
    private readonly Openings openings;
    private readonly DayTotals directSales;
    private readonly (int First, int Last) directDays;
    private readonly bool isLettered;

    internal readonly record struct ClientIdentity(string Code, string Name, bool IsCollective);

    internal readonly record struct AccountTotals(string Number, Traits Traits, DayTotals? Movements, DayTotals? Openings);

    private Ledger(LedgerAssembly assembly)
    {
        parts = assembly.Parts;
        Files = assembly.Files;
        movements = assembly.Movements;
        clientStarts = assembly.ClientStarts;
        clients = assembly.Clients;
        accounts = assembly.Accounts;
        exercises = assembly.Exercises;
        openings = assembly.Openings;
        directSales = assembly.DirectSales;
        directDays = assembly.DirectDays;
        isLettered = assembly.IsLettered;
        FirstEntry = Files.Min(f => f.FirstEntry) ?? default;
        LastEntry = Files.Max(f => f.LastEntry) ?? default;
    }

    /// <summary>What was read of each file.</summary>
    public IReadOnlyList<LedgerFile> Files { get; }

    /// <summary>Date of the first entry of all files.</summary>
    public DateOnly FirstEntry { get; }

    /// <summary>Date of the last entry of all files.</summary>
    public DateOnly LastEntry { get; }

    /// <summary>Reads files into one ledger.</summary>
    /// <param name="sources">The files, in any order; at least one.</param>
    /// <param name="progress">Told now and then how many bytes have been read, over all files.</param>
    /// <param name="threads">How many threads read a large file; all processors, up to four, where 0.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">No file is given.</exception>
    /// <exception cref="UnreadableFileException">A file is no ledger at all.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static Ledger Read(
        IReadOnlyList<LedgerSource> sources,
        Action<long>? progress = null,
        int threads = 0,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
        {
            throw new ArgumentException("A ledger needs at least one file.", nameof(sources));
        }
        var assembly = new LedgerAssembly(threads > 0 ? threads : Math.Min(Environment.ProcessorCount, 4));
        assembly.Read(sources, progress, cancellation);
        return new Ledger(assembly);
    }

    /// <summary>The facts as they stood at the end of a day: nothing later is known.</summary>
    /// <param name="day">The day; <see cref="LastEntry"/> for the latest state.</param>
    public LedgerFacts AsOf(DateOnly day)
    {
        var last = day.DayNumber;
        var facts = new ClientFacts[clients.Length];
        var settlement = new Settlement(movements, parts, last, isLettered);
        Parallel.For(
            0,
            clients.Length,
            new ParallelOptions { MaxDegreeOfParallelism = movements.Length < 20_000 ? 1 : parts.Count },
            i => facts[i] = settlement.Of(clients[i], clientStarts[i], clientStarts[i + 1], openings.StartOf(i, last))
        );
        return new LedgerFacts(this, day, facts);
    }

    /// <summary>How many lines of client accounts there are, to know how far one has come.</summary>
    public int MovementCount => movements.Length;

    /// <summary>Every client with a movement, by code, without reckoning anything: code, latest name, and whether it stands for many buyers.</summary>
    /// <remarks>With <see cref="LedgerFacts.DirectCode"/> where sales name no buyer.</remarks>
    public IEnumerable<(string Code, string Name, bool IsCollective)> Clients()
    {
        var named = Enumerable
            .Range(0, clients.Length)
            .Where(i => movements.AsSpan(clientStarts[i], clientStarts[i + 1] - clientStarts[i]).ContainsMovement())
            .Select(i => (clients[i].Code, clients[i].Name, clients[i].IsCollective));
        return (directDays.Last == 0 ? named : named.Append((LedgerFacts.DirectCode, "", true))).OrderBy(
            c => c.Item1,
            StringComparer.Ordinal
        );
    }

    /// <summary>Every account with its movements as they stood at the end of a day, by code; one after the other, so that a large ledger is never there twice.</summary>
    /// <param name="day">The day; <see cref="LastEntry"/> for the latest state.</param>
    /// <remarks>The sales that name no buyer are not among them: <see cref="DirectSalesByDay"/>.</remarks>
    public IEnumerable<ClientAccount> AccountsAsOf(DateOnly day)
    {
        var last = day.DayNumber;
        var settlement = new Settlement(movements, parts, last, isLettered);
        foreach (var i in Enumerable.Range(0, clients.Length).OrderBy(i => clients[i].Code, StringComparer.Ordinal))
        {
            var list = settlement.MovementsOf(clientStarts[i], clientStarts[i + 1], openings.StartOf(i, last));
            if (list.Count > 0)
            {
                yield return new ClientAccount(clients[i].Code, clients[i].Name, clients[i].IsCollective, list);
            }
        }
    }

    /// <summary>Sales that name no buyer, in cents without VAT, for each day that has any: those of the client <see cref="LedgerFacts.DirectCode"/>.</summary>
    public IReadOnlyList<(DateOnly Day, long Net)> DirectSalesByDay => directSales.ByDay();

    /// <summary>The number of the document behind a movement, or of its entry where it has none.</summary>
    public string NumberOf(in Movement movement) => NumberOf(movement.Part, movement.NumberAt, movement.NumberLength, movement.FileIndex);

    /// <summary>The number of the document behind an invoice or credit note, or of its entry where it has none.</summary>
    public string NumberOf(in Invoice invoice) => NumberOf(invoice.Part, invoice.NumberAt, invoice.NumberLength, invoice.FileIndex);

    private string NumberOf(int part, int at, int length, int file) =>
        CodePages.Decode(parts[part].References.Items.AsSpan(at, length), CodePages.Of(Files[file].Encoding));

    /// <summary>Whether entries other than openings stand between two days, both included.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public bool HasEntries(DateOnly from, DateOnly to) => parts.Exists(p => p.ActiveDays.Any(d => d >= from.DayNumber && d <= to.DayNumber));

    internal long Total(Traits traits, int first, int last)
    {
        long total = 0;
        foreach (var account in accounts)
        {
            if ((account.Traits & traits) != 0)
            {
                total += account.Movements?.Sum(first, last) ?? 0;
            }
        }
        return total;
    }

    /// <summary>Bank and cash: of each account the latest opening and what came after, or null where there is no such account.</summary>
    internal long? Cash(int last)
    {
        long? total = null;
        foreach (var account in accounts)
        {
            if ((account.Traits & Traits.Cash) == 0 || (account.Movements is null && account.Openings is null))
            {
                continue;
            }
            int start = 0;
            long opening = 0;
            foreach (var exercise in exercises.All)
            {
                var opened = account.Openings?.Sum(exercise.Opening, Math.Min(last, exercise.LastOpening)) ?? 0;
                if (exercise.Opening <= last && (opened != 0 || !exercise.IsExplained))
                {
                    (start, opening) = (exercise.Start, opened);
                }
            }
            total = (total ?? 0) + opening + (account.Movements?.Sum(start, last) ?? 0);
        }
        return total;
    }

    /// <summary>The money of the books that is no client's, by day.</summary>
    public LedgerMoney Money()
    {
        var charges = new SortedDictionary<string, DayTotals>(StringComparer.Ordinal);
        var purchases = new DayTotals();
        var cashDays = new SortedSet<int>();
        foreach (var account in accounts)
        {
            if ((account.Traits & Traits.Cash) != 0)
            {
                cashDays.UnionWith(account.Movements?.Days() ?? []);
                cashDays.UnionWith(account.Openings?.Days() ?? []);
            }
            else if (account.Movements is { } movements && (account.Traits & Traits.Purchase) != 0)
            {
                purchases.AddAll(movements);
            }
            else if (account.Movements is { } charged && (account.Traits & Traits.FixedCharge) != 0)
            {
                var kind = account.Number[..Math.Min(3, account.Number.Length)];
                if (!charges.TryGetValue(kind, out var days))
                {
                    charges.Add(kind, days = new DayTotals());
                }
                days.AddAll(charged);
            }
        }
        if (cashDays.Count > 0)
        {
            // A new year may begin from another balance than the last one ended with.
            cashDays.UnionWith(exercises.All.Select(e => e.Opening));
        }
        return new LedgerMoney(
            [.. cashDays.Select(d => new DayAmount(DateOnly.FromDayNumber(d), Cash(d) ?? 0))],
            [.. charges.Select(c => new ChargeAccount(c.Key, Amounts(c.Value)))],
            Amounts(purchases),
            [.. parts.SelectMany(p => p.ActiveDays).Distinct().Order().Select(DateOnly.FromDayNumber)]
        );

        static List<DayAmount> Amounts(DayTotals totals) => totals.ByDay().ConvertAll(d => new DayAmount(d.Day, d.Cents));
    }

    internal int LastDirectDay(int last) => directSales.LastDay(last);

    internal long DirectSales(int first, int last) => directSales.Sum(first, last);

    internal (int First, int Last) DirectDays => directDays;
}
