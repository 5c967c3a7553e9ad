using System.Globalization;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>What is invoiced, and how it is settled.</summary>
internal interface ISales
{
    /// <summary>What is not settled at the end of a day, by client.</summary>
    IEnumerable<Affair> OpenAfter(int day);

    /// <summary>Puts the documents of a month into the schedule, and what settles them.</summary>
    void Plan(int firstDay, int lastDay);
}

/// <summary>Invoices the clients month by month, and plans with each invoice how it will be settled.</summary>
internal sealed class Sales(Clientele clientele, SampleSpan span, Chart chart, Schedule schedule, Chance chance)
    : ISales
{
    private List<Affair> open = [];
    private readonly DocumentNumbers numbers = new();

    public IEnumerable<Affair> OpenAfter(int day)
    {
        open = open.FindAll(a => a.SettledOn > day);
        return open.OrderBy(a => a.Client.Place);
    }

    public void Plan(int firstDay, int lastDay)
    {
        // What is settled needs no more thought; the list stays as short as the unpaid invoices.
        open.RemoveAll(a => a.SettledOn < firstDay);
        var year = DateOnly.FromDayNumber(firstDay).Year;
        foreach (var client in clientele.Clients)
        {
            while (client.Next <= lastDay && client.Next <= client.Stop)
            {
                Visit(client, WorkingDays.OnOrAfter(client.Next), year);
                // The rhythm is kept from one invoice to the next, give or take a few days.
                client.Next += Math.Max(
                    1,
                    client.Interval + chance.Between(-client.Interval / 12, client.Interval / 12)
                );
            }
        }
    }

    private void Visit(Client client, int day, int year)
    {
        var spread = client.Place < 3 ? 0.03 : 0.22;
        var net = Math.Max(
            50_00,
            (long)(clientele.Expected(client, year) * client.Interval / 365 * chance.Around(spread))
        );
        if (client.ComesInPairs)
        {
            var affair = Open(client, client.Account);
            var first = Invoice(affair, day, Rounded(net * 2 / 3));
            var second = Invoice(affair, day, Rounded(net / 3));
            Pay(affair, PaymentDay(client, day), first, second);
        }
        else
        {
            One(client, day, Rounded(net));
        }
    }

    private void One(Client client, int day, long net)
    {
        var affair = Open(client, client.Account);
        var invoice = Invoice(affair, day, net);
        var payDay = PaymentDay(client, day);
        var what = chance.Below(1000);
        if (client.GoesBust && payDay > client.Stop)
        {
            Lose(affair, invoice);
        }
        else if (day >= client.Contests)
        {
            client.Contests = int.MaxValue;
        }
        else if (what < 5)
        {
            // Sent by mistake: taken back in full, and sent again.
            Credit(affair, WorkingDays.OnOrAfter(day + 3), invoice, invoice.Net);
            One(client, WorkingDays.OnOrAfter(day + 4), net);
        }
        else if (what < 12 && payDay > day + 12 && SameYear(day, payDay))
        {
            Credit(affair, WorkingDays.OnOrAfter(day + 6), invoice, Rounded(net / 5));
            Pay(affair, payDay, invoice);
        }
        else if (what < 40)
        {
            Pay(affair, payDay, affair.Add(Act.Payment, payDay, -(invoice.Gross / 2), 0, invoice));
            var rest = WorkingDays.OnOrAfter(payDay + 21);
            Pay(affair, rest, affair.Add(Act.Payment, rest, -(invoice.Gross - (invoice.Gross / 2)), 0, invoice));
        }
        else if (what < 46)
        {
            // A few cents short, and nobody writes a letter for that.
            var cents = chance.Between(1, 9);
            Pay(affair, payDay, affair.Add(Act.Payment, payDay, -(invoice.Gross - cents), 0, invoice));
            Book(affair.Add(Act.Rounding, payDay, -cents, 0, invoice));
        }
        else
        {
            Pay(affair, payDay, invoice);
        }
    }

    private Affair Open(Client client, Account account)
    {
        var affair = new Affair(client, account);
        open.Add(affair);
        return affair;
    }

    private Movement Invoice(Affair affair, int day, long net)
    {
        var movement = affair.Add(Act.Invoice, day, WithVat(affair.Client, net), net);
        Book(movement);
        return movement;
    }

    private void Credit(Affair affair, int day, Movement invoice, long net)
    {
        var gross = net == invoice.Net ? invoice.Gross : WithVat(affair.Client, net);
        // A credit note is a document of its own, with its own number.
        Book(affair.Add(Act.CreditNote, day, -gross, -net));
    }

    // What each invoice still needs, in one transfer or cheque.
    private void Pay(Affair affair, int day, params ReadOnlySpan<Movement> movements)
    {
        var payments = new Movement[movements.Length];
        long credited = 0;
        foreach (var movement in affair.Movements)
        {
            credited += movement.Act == Act.CreditNote ? movement.Gross : 0;
        }
        for (var i = 0; i < payments.Length; i++)
        {
            payments[i] =
                movements[i].Act == Act.Payment
                    ? movements[i]
                    : affair.Add(Act.Payment, day, -(movements[i].Gross + credited), 0, movements[i]);
        }
        schedule.Add(new ClientDeed(day, Journal.Bank, chart, numbers, payments));
        if (affair.Client.PaysByCheque)
        {
            var amount = -payments.Sum(p => p.Gross);
            schedule.Add(
                new PlainDeed(
                    WorkingDays.OnOrAfter(day + 3),
                    Journal.Bank,
                    "REMCHQ",
                    $"Remise de chèque {affair.Client.Name}",
                    (chart.Bank, amount),
                    (chart.Cheques, -amount)
                )
            );
        }
    }

    // Doubtful within weeks, given up half a year later.
    private void Lose(Affair affair, Movement invoice)
    {
        var client = affair.Client;
        var doubtful = client.Doubtful ??= new Account("416000", "Clients douteux", client.Code, client.Name);
        var day = WorkingDays.OnOrAfter(Math.Max(client.Stop, invoice.Date) + 20);
        var rest = Open(client, doubtful);
        schedule.Add(
            new ClientDeed(
                day,
                Journal.Various,
                chart,
                numbers,
                rest.Add(Act.Transfer, day, invoice.Gross, 0, invoice),
                affair.Add(Act.Transfer, day, -invoice.Gross, 0, invoice)
            )
        );
        var end = WorkingDays.OnOrAfter(day + 180);
        Book(rest.Add(Act.WriteOff, end, -invoice.Gross, -invoice.Net, invoice));
    }

    private void Book(Movement movement) =>
        schedule.Add(
            new ClientDeed(
                movement.Date,
                movement.Act is Act.Invoice or Act.CreditNote ? Journal.Sales : Journal.Various,
                chart,
                numbers,
                movement
            )
        );

    private int PaymentDay(Client client, int day)
    {
        var worse = span.Last == span.First ? 0 : client.Worsening * (day - span.First) / (span.Last - span.First);
        var delay = client.Delay + worse + chance.Between(-3, 3);
        // Once in a while anybody forgets one.
        delay += client.Place > 2 && chance.OneIn(25) ? 21 : 0;
        return WorkingDays.OnOrAfter(day + Math.Clamp(delay, 5, 84));
    }

    // Prices are round more often than not.
    private long Rounded(long cents) => chance.OneIn(3) ? cents : Math.Max(10_00, cents / 10_00 * 10_00);

    private static long WithVat(Client client, long net) => client.IsAbroad ? net : net + Vat(net);

    private static long Vat(long net) => (net + 2) / 5;

    private static bool SameYear(int day, int other) =>
        DateOnly.FromDayNumber(day).Year == DateOnly.FromDayNumber(other).Year;
}
