namespace PorteOuverte.Features.Diagnosis;

/// <summary>The diagnosis of a workspace as it is kept, so that no page reckons: the report, of which lists show the first only, and what pages draw besides.</summary>
public sealed record Picture(Report Report)
{
    /// <summary>What was agreed where nothing else was, when it was made.</summary>
    public required Kernel.PaymentTerms PaymentTerms { get; init; }

    /// <summary>The day of the cash: the books may end before the last invoice by hand.</summary>
    public required DateOnly? CashOn { get; init; }

    /// <summary>For each of <see cref="RunwayReport.IfLost"/>: what the loss would change.</summary>
    public required IReadOnlyList<LossPicture> IfLost { get; init; }

    /// <summary>How long the cash lasts with every client, in one future of ten and in nine.</summary>
    public required MonthsRange Lasts { get; init; }

    /// <summary>Sales of each of the last 24 months, the oldest first; cents.</summary>
    public required IReadOnlyList<MonthSales> Sales { get; init; }

    /// <summary>How many clients were lost in each of the last 24 months, the oldest first; none where too little is known.</summary>
    public required IReadOnlyList<MonthLosses> Losses { get; init; }

    /// <summary>How the late payers have paid, the oldest first.</summary>
    public required IReadOnlyList<ClientDelays> Delays { get; init; }

    /// <summary>What is open for longest.</summary>
    public required IReadOnlyList<OpenInvoice> Open { get; init; }

    /// <summary>Charges of classes 61 to 64 by account.</summary>
    public required IReadOnlyList<MonthlyCharge> Charges { get; init; }
}

/// <summary>Whole months until the cash is used up: in one future of ten, in half of them, in nine of ten; null beyond the horizon.</summary>
public sealed record MonthsRange(int? Low, int? Median, int? High);

/// <param name="EffectiveClients">As how many equal clients the others weigh then.</param>
/// <param name="Crossing">Who would stand over a line then, and does not now.</param>
public sealed record LossPicture(MonthsRange Lasts, double? EffectiveClients, IReadOnlyList<Crossing> Crossing);

/// <param name="Share">The share it would have.</param>
public sealed record Crossing(string Code, string Name, double Share, Kernel.Level Level);

public sealed record MonthSales(DateOnly Month, long Net);

public sealed record MonthLosses(DateOnly Month, int Count);

public sealed record ClientDelays(string Code, string Name, IReadOnlyList<PaidInvoice> Paid);

public sealed record PaidInvoice(DateOnly Date, int Days);

/// <param name="Due">The day it was to be paid.</param>
public sealed record OpenInvoice(string Code, string Name, string Number, DateOnly Date, DateOnly Due, long Amount);

/// <param name="Account">The first three digits.</param>
/// <param name="IsVariable">People said that it follows the sales.</param>
public sealed record MonthlyCharge(string Account, long Monthly, bool IsVariable);
