using System.Globalization;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>A deed with one client: a document, a payment of one or several, a loss.</summary>
internal sealed class ClientDeed(
    int date,
    Journal journal,
    Chart chart,
    DocumentNumbers numbers,
    params Movement[] movements
) : Deed(date, journal)
{
    public IReadOnlyList<Movement> Movements => movements;

    public override void Write(Entry entry)
    {
        var movement = movements[0];
        var client = movement.Affair.Client;
        if (movement.Act is Act.Invoice or Act.CreditNote)
        {
            movement.Reference = numbers.Next(movement);
        }
        entry.Reference = movement.Reference;
        entry.Label = LabelOf(movement, client);
        if (movement.Act == Act.Payment)
        {
            entry.Add(client.PaysByCheque ? chart.Cheques : chart.Bank, -movements.Sum(m => m.Gross));
        }
        var year = DateOnly.FromDayNumber(Date).Year;
        foreach (var one in movements)
        {
            entry.Add(
                one.Affair.Account,
                one.Gross,
                one.Reference,
                Date,
                one.Affair.LetterIn(year),
                one.Affair.SettledOn
            );
        }
        switch (movement.Act)
        {
            case Act.Invoice:
                Sell(entry, movement);
                entry.Add(chart.VatCharged, movement.Net - movement.Gross);
                break;
            case Act.CreditNote:
                entry.Add(
                    client.IsAbroad ? chart.Abroad
                        : client.Place % 2 == 0 ? chart.Rebates
                        : chart.Services[0],
                    -movement.Net
                );
                entry.Add(chart.VatCharged, movement.Net - movement.Gross);
                break;
            case Act.Rounding:
                entry.Add(chart.Rounding, -movement.Gross);
                break;
            case Act.WriteOff:
                entry.Add(chart.Irrecoverable, -movement.Net);
                entry.Add(chart.VatCharged, movement.Net - movement.Gross);
                break;
            default:
                break;
        }
    }

    private void Sell(Entry entry, Movement invoice)
    {
        if (invoice.Affair.Client.IsAbroad)
        {
            entry.Add(chart.Abroad, -invoice.Net);
            return;
        }
        var first = Date % 3;
        var large = invoice.Net > 1_500_00;
        var second = large && Date % 2 == 0 ? invoice.Net * 3 / 10 : 0;
        var recharged = large && Date % 5 == 0 ? invoice.Net / 20 : 0;
        entry.Add(chart.Services[first], -(invoice.Net - second - recharged));
        entry.Add(chart.Services[(first + 1) % 3], -second);
        entry.Add(chart.Recharged, -recharged);
    }

    private static string LabelOf(Movement movement, Client client) =>
        movement.Act switch
        {
            Act.Invoice => $"Facture {movement.Reference}",
            Act.CreditNote => $"Avoir {movement.Reference} {client.Name}",
            Act.Payment => client.PaysByCheque ? $"Chèque {client.Name}" : $"Virement reçu {client.Name}",
            Act.Rounding => $"Écart de règlement {client.Name}",
            Act.Transfer => $"Créance douteuse {client.Name}",
            _ => $"Créance irrécouvrable {client.Name}",
        };
}

/// <summary>Numbers the documents of each year in the order of the books, without a gap.</summary>
internal sealed class DocumentNumbers
{
    private int year;
    private int invoices;
    private int creditNotes;

    public string Next(Movement document)
    {
        var current = DateOnly.FromDayNumber(document.Date).Year;
        if (year != current)
        {
            (year, invoices, creditNotes) = (current, 0, 0);
        }
        return document.Act == Act.Invoice
            ? string.Create(CultureInfo.InvariantCulture, $"FA{year}-{++invoices:00000}")
            : string.Create(CultureInfo.InvariantCulture, $"AV{year}-{++creditNotes:00000}");
    }
}
