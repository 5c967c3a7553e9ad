using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>What the entries of a client add up to on a day. Amounts in cents, days as they are counted in the diagnosis.</summary>
public sealed class ClientFigures(Id<Client> clientId)
{
    public Id<Client> ClientId { get; private init; } = clientId;

    /// <summary>The day they were reckoned for.</summary>
    public DateOnly AsOf { get; set; }

    /// <summary>Sales without VAT, credit notes deducted.</summary>
    public long Revenue { get; set; }

    public long RevenueTwelveMonths { get; set; }

    public long RevenueYearBefore { get; set; }

    public int Invoices { get; set; }

    public int CreditNotes { get; set; }

    public int Payments { get; set; }

    /// <summary>What the client owes; negative where we owe.</summary>
    public long Balance { get; set; }

    public DateOnly? OldestOpen { get; set; }

    public double? MeanDelay { get; set; }

    public double? MedianDelay { get; set; }

    /// <summary>Days past the day it was due; negative where the client pays before.</summary>
    public double? MedianDaysLate { get; set; }

    /// <summary>Each day weighs as much as the money that was waited for.</summary>
    public double? WeightedDelay { get; set; }

    /// <summary>Of the year's invoices that are settled or past their term, those settled or still open after it.</summary>
    public double? LateShare { get; set; }

    public DateOnly? FirstInvoice { get; set; }

    public DateOnly? LastInvoice { get; set; }

    /// <summary>The usual days between two days with invoices.</summary>
    public double? UsualInterval { get; set; }

    /// <summary>The days of the last three years on which something was sold, as a <see cref="DayList"/>: how often they come back.</summary>
    public byte[] PurchaseDays { get; set; } = [];

    /// <summary>What was sold in each of the months up to <see cref="AsOf"/>, as <see cref="MonthSums"/>; null where an older version has reckoned.</summary>
    public byte[]? MonthlySales { get; set; }
}
