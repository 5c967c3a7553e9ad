using System.Globalization;

namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>The totals as the document writes them, completed from each other where one is missing, and held against each other.</summary>
internal sealed class EInvoiceTotals
{
    // A cent on each side of a rounding.
    private const decimal Tolerance = 0.02m;

    private readonly NoticeTally notices;
    private readonly WrittenValues read;
    private readonly TermValues head;

    public EInvoiceTotals(TermValues head, NoticeTally notices)
    {
        (this.head, this.notices) = (head, notices);
        read = new WrittenValues(notices);
        Currency = CurrencyOf();
        VatCurrency = head.Text(Term.VatCurrency)?.ToUpperInvariant() is { } other && other != Currency ? other : null;
        Vat = Amount(VatIn(q => q is null || q == Currency) ?? VatIn(q => VatCurrency is null || q != VatCurrency));
        VatInVatCurrency = read.Number(VatIn(q => VatCurrency is not null && q == VatCurrency));
        Net = Amount(head.First(Term.NetTotal));
        var prepaid = Amount(head.First(Term.Prepaid));
        Rounding = Amount(head.First(Term.Rounding)) ?? 0;
        var due = Amount(head.First(Term.DuePayable));
        var gross = Amount(head.First(Term.GrossTotal));
        IsKnown = (gross ?? due ?? Net) is not null;
        Gross = gross ?? Assume("BT-112", Net + Vat ?? due + (prepaid ?? 0) - Rounding ?? Net ?? 0);
        Due = due ?? Assume("BT-115", Gross - (prepaid ?? 0) + Rounding);
        // The profile MINIMUM says what is due and not what was paid.
        var paid = Gross + Rounding - Due;
        Prepaid = prepaid ?? (Math.Abs(paid) > Tolerance ? Assume("BT-113", paid) : 0);
        Complete();
    }

    public string Currency { get; }

    public string? VatCurrency { get; }

    public decimal? Net { get; private set; }

    public decimal? Vat { get; private set; }

    public decimal? VatInVatCurrency { get; }

    public decimal Gross { get; }

    public decimal Prepaid { get; }

    public decimal Rounding { get; }

    public decimal Due { get; }

    /// <summary>False where the document has no total at all.</summary>
    public bool IsKnown { get; }

    /// <summary>Notices what does not add up.</summary>
    public void Compare(IReadOnlyList<EInvoiceLine> lines)
    {
        if (Net is { } net && Vat is { } vat)
        {
            Compare(EInvoiceNoticeCode.TotalsDiffer, "BT-112", Term.GrossTotal, Gross, net + vat);
        }
        Compare(EInvoiceNoticeCode.DueDiffers, "BT-115", Term.DuePayable, Due, Gross - Prepaid + Rounding);
        if (Net is { } total && lines.Count > 0)
        {
            var sum = lines.Where(l => l.IsCounted).Sum(l => l.NetAmount ?? 0);
            var charged = Amount(head.First(Term.ChargeTotal)) ?? 0;
            var allowed = Amount(head.First(Term.AllowanceTotal)) ?? 0;
            Compare(EInvoiceNoticeCode.LinesDiffer, "BT-109", Term.NetTotal, total, sum + charged - allowed);
        }
    }

    private void Compare(EInvoiceNoticeCode code, string place, Term term, decimal kept, decimal sum)
    {
        if (Math.Abs(kept - sum) > Tolerance)
        {
            notices.Add(code, place, head.First(term)?.Line ?? 0, Shown(sum), Shown(kept));
        }
    }

    // Where there is neither net nor VAT, nothing tells one from the other.
    private void Complete()
    {
        if (Vat is null && Net is { } net)
        {
            // Outside the scope of VAT a document need not say that it is nothing.
            Vat = Gross == net ? 0 : Assume("BT-110", Gross - net);
        }
        else if (Net is null && Vat is { } vat)
        {
            Net = Assume("BT-109", Gross - vat);
        }
    }

    private string CurrencyOf()
    {
        if (head.Text(Term.Currency) is { } currency)
        {
            return currency.ToUpperInvariant();
        }
        Term[] totals = [Term.GrossTotal, Term.DuePayable, Term.NetTotal, Term.VatTotal];
        var assumed =
            totals.Select(t => head.First(t)?.Qualifier).FirstOrDefault(q => q is not null)?.ToUpperInvariant()
            ?? "EUR";
        notices.Add(EInvoiceNoticeCode.MissingCurrency, "BT-5", 0, null, assumed);
        return assumed;
    }

    private decimal? Amount(Written? written)
    {
        if (
            written is { Qualifier: { Length: > 0 } currency } w
            && !currency.Equals(Currency, StringComparison.OrdinalIgnoreCase)
        )
        {
            notices.Add(EInvoiceNoticeCode.OtherCurrency, w.Place, w.Line, currency, Currency);
        }
        return read.Number(written);
    }

    private Written? VatIn(Func<string?, bool> currency) =>
        head.All(Term.VatTotal).Where(t => currency(t.Qualifier)).Select(t => (Written?)t).FirstOrDefault();

    private decimal Assume(string place, decimal amount)
    {
        notices.Add(EInvoiceNoticeCode.MissingTotal, place, 0, null, Shown(amount));
        return amount;
    }

    private static string Shown(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
