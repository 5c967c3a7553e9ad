using System.Globalization;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Keeps the books of the agency, year after year, entry after entry, and hands each to a writer.</summary>
internal sealed class Agency
{
    private readonly SampleSpan span;
    private readonly Chart chart;
    private readonly Schedule schedule;
    private readonly Func<int, double> expectedOf;
    private readonly ISales sales;
    private readonly Charges charges;
    private readonly SampleTruth? truth;
    private readonly double cashMonths = Charges.CashMonths;
    private readonly Entry entry = new();
    private LedgerWriter writer = null!;
    private int number;
    private int lines;

    public Agency(SampleOptions options, SampleTruth? truth)
    {
        this.truth = truth;
        span = new SampleSpan(options.Years);
        var chance = new Chance(options.Seed);
        chart = new Chart();
        schedule = new Schedule(span.FirstYear, span.Years);
        var clientele = new Clientele(span, options.Clients, chance);
        expectedOf = clientele.Expected;
        sales = new Sales(clientele, span, chart, schedule, chance);
        charges = new Charges(chart, schedule, chance, options.Clients);
    }

    /// <summary>An agency whose dealings are told by somebody else.</summary>
    /// <param name="expectedOf">What the clients are expected to bring in a year, in cents.</param>
    /// <param name="cashMonths">The cash it keeps, in months of expected sales.</param>
    public Agency(
        SampleSpan span,
        Chart chart,
        Schedule schedule,
        ISales sales,
        Charges charges,
        Func<int, double> expectedOf,
        double cashMonths,
        SampleTruth? truth
    )
    {
        (this.span, this.chart, this.schedule) = (span, chart, schedule);
        this.sales = sales;
        this.charges = charges;
        (this.expectedOf, this.cashMonths, this.truth) = (expectedOf, cashMonths, truth);
    }

    /// <summary>Keeps the books of one year; years come in their order.</summary>
    /// <returns>The number of lines.</returns>
    public int Keep(int year, LedgerWriter to)
    {
        (writer, number, lines) = (to, 0, 0);
        var expected = expectedOf(year);
        if (year == span.FirstYear)
        {
            Found(expected);
        }
        else
        {
            BringForward(year);
        }
        PlanYear(year, expected);
        for (var month = 1; month <= 12; month++)
        {
            var first = new DateOnly(year, month, 1);
            var last = first.AddMonths(1).AddDays(-1).DayNumber;
            sales.Plan(first.DayNumber, last);
            charges.Plan(first.DayNumber, last, expected);
            PlanMonth(month, last, expected);
            foreach (var deed in schedule.Take(((year - span.FirstYear) * 12) + month - 1))
            {
                // Where the last year is not over yet, neither are its books.
                if (deed.Date <= span.Last)
                {
                    Book(deed);
                }
            }
        }
        return lines;
    }

    private void Book(Deed deed)
    {
        entry.Begin(deed.Journal, deed.Date);
        deed.Write(entry);
        if (entry.Lines.Count == 0)
        {
            return;
        }
        entry.Number = ++number;
        lines += entry.Lines.Count;
        foreach (var line in entry.Lines)
        {
            // What a client owes is carried by its documents.
            line.Account.Balance += line.Account.IsClient ? 0 : line.Amount;
        }
        truth?.See(entry, deed);
        writer.Write(entry);
    }

    private void Found(double expected)
    {
        var equipment = (long)(expected * 0.03);
        var bank = (long)(expected * cashMonths / 12);
        var capital = (equipment + bank) / 100_00 / 5 * 100_00;
        Book(
            new PlainDeed(
                span.First,
                Journal.Opening,
                "AN",
                "À nouveau",
                (chart.Capital, -capital),
                (chart.Reserves, capital - equipment - bank),
                (chart.Equipment, equipment),
                (chart.Bank, bank)
            )
        );
    }

    // Balances as they stand; the clients' accounts document by document, with the codes of the year that settles them.
    private void BringForward(int year)
    {
        var first = SampleSpan.FirstDay(year);
        Book(
            new LateDeed(
                first,
                Journal.Opening,
                "AN",
                "À nouveau",
                entry =>
                {
                    long result = 0;
                    foreach (var account in chart.All.OrderBy(a => a.Number, StringComparer.Ordinal))
                    {
                        var balance = account.Balance;
                        account.Balance = 0;
                        if (account.IsIncome)
                        {
                            result += balance;
                        }
                        else
                        {
                            entry.Add(account, balance);
                        }
                    }
                    entry.Add(chart.Result, result);
                    foreach (var affair in sales.OpenAfter(first - 1))
                    {
                        foreach (var movement in affair.Movements.Where(m => m.Date < first))
                        {
                            entry.Add(
                                affair.Account,
                                movement.Gross,
                                movement.Reference,
                                movement.Date,
                                affair.LetterIn(year),
                                affair.SettledOn
                            );
                        }
                    }
                }
            )
        );
    }

    private void PlanMonth(int month, int last, double expected)
    {
        Late(
            last,
            Journal.Various,
            "TVA",
            "Déclaration de TVA",
            entry =>
            {
                var (charged, paid, credit) = (
                    -chart.VatCharged.Balance,
                    chart.VatPaid.Balance,
                    chart.VatCredit.Balance
                );
                var due = charged - paid - credit;
                entry.Add(chart.VatCharged, charged);
                entry.Add(chart.VatPaid, -paid);
                entry.Add(chart.VatCredit, Math.Max(0, -due) - credit);
                entry.Add(chart.VatDue, -Math.Max(0, due));
                Late(
                    WorkingDays.OnOrAfter(last + 20),
                    Journal.Bank,
                    "TVA",
                    "Paiement de la TVA",
                    pay => Move(pay, chart.VatDue, Math.Max(0, due))
                );
            }
        );
        if (month % 3 == 0)
        {
            // What the agency does not need goes to a deposit; what it lacks comes from there, else from its partners.
            Late(
                WorkingDays.OnOrBefore(last),
                Journal.Bank,
                "TRESO",
                "Équilibre de trésorerie",
                entry =>
                {
                    var excess = (chart.Bank.Balance - (long)(expected * cashMonths / 12)) / 1_000_00 * 1_000_00;
                    var deposit = Math.Max(excess, -chart.TermDeposit.Balance);
                    entry.Add(chart.TermDeposit, deposit);
                    entry.Add(chart.Partners, excess - deposit);
                    entry.Add(chart.Bank, -excess);
                }
            );
        }
    }

    private void PlanYear(int year, double expected)
    {
        var last = SampleSpan.LastDay(year);
        Late(
            WorkingDays.OnOrAfter(new DateOnly(year, 6, 30).DayNumber),
            Journal.Various,
            "AGO",
            "Affectation du résultat",
            entry =>
            {
                var result = chart.Result.Balance;
                entry.Add(chart.Result, -result);
                entry.Add(chart.CarriedForward, result);
            }
        );
        var wear = (long)(expected * 0.006);
        schedule.Add(
            new PlainDeed(
                last,
                Journal.Various,
                "AMORT",
                "Dotation aux amortissements",
                (chart.DepreciationCharge, wear),
                (chart.Depreciation, -wear)
            )
        );
        Late(
            WorkingDays.OnOrAfter(new DateOnly(year, 5, 15).DayNumber),
            Journal.Bank,
            "IS",
            "Solde de l'impôt sur les bénéfices",
            entry => Move(entry, chart.ProfitTax, -chart.ProfitTax.Balance)
        );
        Late(
            last,
            Journal.Various,
            string.Create(CultureInfo.InvariantCulture, $"IS{year}"),
            "Impôt sur les bénéfices de l'exercice",
            entry =>
            {
                var profit = -chart.All.Where(a => a.IsIncome).Sum(a => a.Balance);
                var tax = Math.Max(0, profit) / 4;
                entry.Add(chart.TaxOnProfit, tax);
                entry.Add(chart.ProfitTax, -tax);
            }
        );
    }

    private void Late(int date, Journal journal, string reference, string label, Action<Entry> write) =>
        schedule.Add(new LateDeed(date, journal, reference, label, write));

    private void Move(Entry entry, Account account, long amount)
    {
        entry.Add(account, amount);
        entry.Add(chart.Bank, -amount);
    }
}
