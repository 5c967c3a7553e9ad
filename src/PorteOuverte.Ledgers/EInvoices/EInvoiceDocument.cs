using System.Collections.Frozen;

namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>Makes the facts of one e-invoice out of the values its XML holds.</summary>
internal sealed class EInvoiceDocument
{
    // Credit notes of UNTDID 1001, as EN 16931 and Factur-X admit them.
    private static readonly FrozenSet<string> CreditNotes = FrozenSet.Create(
        StringComparer.Ordinal,
        ["81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"]
    );

    private readonly string file;
    private readonly NoticeTally notices = new();
    private readonly WrittenValues read;
    private readonly Grammar grammar;
    private readonly TermValues head;
    private readonly List<EInvoiceLine> lines = [];
    private readonly List<PrecedingInvoice> preceding = [];
    private EInvoiceParty? seller;
    private EInvoiceParty? buyer;
    private int attachments;

    public EInvoiceDocument(Stream stream, string name)
    {
        file = name;
        read = new WrittenValues(notices);
        (grammar, head) = new TermReader(stream, name, notices, End).Read();
    }

    public EInvoice Read()
    {
        var number = head.Text(Term.Number) ?? throw Refusal(UnreadableEInvoiceReason.NoNumber);
        var issued =
            read.Date(head.First(Term.IssueDate))
            ?? throw Refusal(UnreadableEInvoiceReason.NoDate, head.First(Term.IssueDate));
        var type = head.Text(Term.TypeCode) ?? DefaultType();
        var totals = new EInvoiceTotals(head, notices);
        if (!totals.IsKnown)
        {
            throw Refusal(
                UnreadableEInvoiceReason.NoAmount,
                head.First(Term.GrossTotal) ?? head.First(Term.DuePayable) ?? head.First(Term.NetTotal)
            );
        }
        totals.Compare(lines);
        var isCreditType = grammar.DefaultType == "381" || CreditNotes.Contains(type);
        var isTurned = isCreditType && totals.Gross >= 0;
        if (isCreditType && !isTurned)
        {
            notices.Add(
                EInvoiceNoticeCode.NegativeCreditNote,
                "BT-112",
                head.First(Term.GrossTotal)?.Line ?? 0,
                type,
                null
            );
        }
        return new EInvoice
        {
            Syntax = grammar.Syntax,
            Profile = head.Text(Term.Profile),
            Number = number,
            TypeCode = type,
            IsCreditNote = isCreditType || totals.Gross < 0,
            AreAmountsTurned = isTurned,
            IssueDate = issued,
            DueDate = DueDate(issued),
            Currency = totals.Currency,
            VatCurrency = totals.VatCurrency,
            NetTotal = Signed(totals.Net),
            VatTotal = Signed(totals.Vat),
            VatTotalInVatCurrency = Signed(totals.VatInVatCurrency),
            GrossTotal = Turned(totals.Gross),
            Prepaid = Turned(totals.Prepaid),
            Rounding = Turned(totals.Rounding),
            DuePayable = Turned(totals.Due),
            Seller = seller ?? new EInvoiceParty { AddressLines = [] },
            Buyer = buyer ?? new EInvoiceParty { AddressLines = [] },
            BuyerReference = head.Text(Term.BuyerReference),
            OrderNumber = head.Text(Term.OrderNumber),
            PaymentTerms = head.All(Term.PaymentTerms).Select(t => t.Text).ToList() is { Count: > 0 } terms
                ? string.Join('\n', terms)
                : null,
            PrecedingInvoices = preceding,
            Lines = [.. lines.Select(l => l with { Quantity = Signed(l.Quantity), NetAmount = Signed(l.NetAmount) })],
            AttachmentCount = attachments,
            Notices = notices.InOrder(),
        };

        // From zero, since the negative of 0 would be −0.
        decimal Turned(decimal amount) => isTurned ? 0 - amount : amount;
        decimal? Signed(decimal? amount) => amount is { } known ? Turned(known) : null;
    }

    private void End(TermValues values, TermValues outer)
    {
        switch (values.Group)
        {
            case TermGroup.Seller:
                seller ??= Party(values);
                break;
            case TermGroup.Buyer:
                buyer ??= Party(values);
                break;
            case TermGroup.TaxRegistration when values.First(Term.TaxNumber) is { } number:
                outer.Add(Term.TaxNumber, number with { Qualifier = values.Text(Term.TaxScheme) });
                break;
            case TermGroup.PrecedingInvoice when values.Text(Term.Number) is { } number:
                preceding.Add(new PrecedingInvoice(number, read.Date(values.First(Term.IssueDate))));
                break;
            case TermGroup.Line:
                lines.Add(Line(values));
                break;
            case TermGroup.Attachment:
                attachments++;
                break;
        }
    }

    private EInvoiceParty Party(TermValues values)
    {
        var identifiers = values.All(Term.Identifier).ToList();
        var numbers = identifiers
            .Where(i => i.Qualifier is "0002" or "0009")
            .Select(CompanyNumber)
            .OfType<string>()
            .ToList();
        var siret = numbers.Find(n => n.Length == 14);
        return new EInvoiceParty
        {
            Name = values.Text(Term.Name) ?? values.Text(Term.TradingName),
            Siren = numbers.Find(n => n.Length == 9) ?? siret?[..9],
            Siret = siret,
            VatNumber = values
                .All(Term.TaxNumber)
                .Where(t => t.Qualifier is "VA" or "VAT")
                .Select(t => Compact(t.Text).ToUpperInvariant())
                .FirstOrDefault(),
            AddressLines = [.. values.All(Term.AddressLine).Select(l => l.Text)],
            PostCode = values.Text(Term.PostCode),
            City = values.Text(Term.City),
            Country = values.Text(Term.Country)?.ToUpperInvariant(),
            Email =
                values.Text(Term.Email)
                ?? identifiers.Where(i => i.Qualifier == "EM").Select(i => i.Text).FirstOrDefault(),
        };
    }

    private string? CompanyNumber(Written identifier)
    {
        var digits = Compact(identifier.Text);
        if (digits.Length is 9 or 14 && digits.All(char.IsAsciiDigit))
        {
            return digits;
        }
        notices.Add(EInvoiceNoticeCode.UnreadableIdentifier, identifier);
        return null;
    }

    private EInvoiceLine Line(TermValues values)
    {
        var quantity = values.First(Term.Quantity);
        return new EInvoiceLine
        {
            Number = values.Text(Term.Number),
            Name = values.Text(Term.Name),
            Description = values.Text(Term.Description),
            Quantity = read.Number(quantity),
            Unit = quantity?.Qualifier,
            NetUnitPrice = read.Number(values.First(Term.Price)) / PriceQuantity(values.First(Term.PriceQuantity)),
            NetAmount = read.Number(values.First(Term.NetAmount)),
            VatRate = read.Number(values.First(Term.VatRate)),
            IsCounted = values.Text(Term.LineStatus) is not ("GROUP" or "INFORMATION"),
        };
    }

    // A price may stand for a hundred units; one that stands for none would be no price.
    private decimal PriceQuantity(Written? written)
    {
        var stated = read.Number(written) ?? 1;
        if (stated >= 0.0001m)
        {
            return stated;
        }
        notices.Add(EInvoiceNoticeCode.UnreadableNumber, written!.Value, "1");
        return 1;
    }

    private DateOnly? DueDate(DateOnly issued)
    {
        var written = head.All(Term.DueDate)
            .Select(w => (Written: w, Date: read.Date(w)))
            .Where(d => d.Date is not null)
            .ToList();
        if (written.Count == 0)
        {
            return null;
        }
        var last = written.MaxBy(d => d.Date);
        if (written.Exists(d => d.Date != last.Date))
        {
            notices.Add(EInvoiceNoticeCode.SeveralDueDates, written[0].Written, WrittenValues.Iso(last.Date!.Value));
        }
        if (last.Date < issued)
        {
            notices.Add(EInvoiceNoticeCode.DueBeforeIssue, last.Written);
        }
        return last.Date;
    }

    private string DefaultType()
    {
        notices.Add(EInvoiceNoticeCode.MissingTypeCode, "BT-3", 0, null, grammar.DefaultType);
        return grammar.DefaultType;
    }

    private UnreadableEInvoiceException Refusal(UnreadableEInvoiceReason reason, Written? written = null) =>
        new(file, reason, written?.Line ?? 0, written?.Text);

    private static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
