namespace PorteOuverte.Ledgers.Tables;

/// <summary>An invoice that grows by its rows.</summary>
internal sealed class InvoiceDraft(InvoiceRow first)
{
    private Money amounts = first.Amounts;
    private int rows = 1;
    private DateOnly? due = first.Due;
    private DateOnly? paidOn = first.PaidOn;
    private bool isCreditNote = first.IsCreditNote;
    private string label = first.Label;

    public void Add(InvoiceRow row, InvoiceGroups groups, TableProblems problems, InvoiceRows reader)
    {
        rows++;
        due ??= row.Due;
        paidOn = row.PaidOn > paidOn ? row.PaidOn : paidOn ?? row.PaidOn;
        isCreditNote |= row.IsCreditNote;
        label = label.Length > 0 ? label : row.Label;
        if (row.Currency != first.Currency)
        {
            problems.Add(
                row.Line,
                reader.NameOf(TableField.Currency),
                TableProblemReason.TwoCurrencies,
                row.Currency,
                isLeftOut: false
            );
        }
        for (var i = 0; i < Money.Count; i++)
        {
            if (row.Amounts[i] is not { } amount)
            {
                continue;
            }
            if (groups.IsRepeated(i) && amount == first.Amounts[i])
            {
                continue;
            }
            if (groups.IsRepeated(i) && amounts[i] is not null)
            {
                problems.Add(
                    row.Line,
                    reader.NameOf(Money.Fields[i]),
                    TableProblemReason.TotalsDiffer,
                    first.Number,
                    isLeftOut: false
                );
            }
            amounts[i] = (amounts[i] ?? 0) + amount;
        }
    }

    /// <summary>Says of each mapped column what several rows were taken for.</summary>
    public void NoteGrouping(InvoiceGroups groups, TableProblems problems, InvoiceRows reader)
    {
        for (var i = 0; i < Money.Count; i++)
        {
            if (amounts[i] is not null && reader.NameOf(Money.Fields[i]) is { } column)
            {
                var code = groups.IsRepeated(i) ? TableNoticeCode.AmountRepeated : TableNoticeCode.AmountsAdded;
                problems.Note(code, first.Line, column, first.Number);
            }
        }
    }

    public TableInvoice Finish(TableProblems problems, InvoiceRows reader)
    {
        var (net, vat, gross) = (amounts[Money.Net], amounts[Money.Vat], amounts[Money.Gross]);
        net ??= gross - vat;
        gross ??= net + vat;
        vat ??= gross - net;
        if (net is null)
        {
            problems.Note(TableNoticeCode.NoNet, first.Line);
        }
        else if (gross is null)
        {
            problems.Note(TableNoticeCode.NoGross, first.Line);
        }
        // Each line's VAT was rounded by itself.
        else if (Math.Abs(net.Value + vat!.Value - gross.Value) > rows)
        {
            problems.Note(TableNoticeCode.AmountsDisagree, first.Line, null, first.Number);
        }
        var total = gross ?? net ?? 0;
        if (total < 0 && !isCreditNote)
        {
            problems.Note(
                TableNoticeCode.NegativeAmount,
                first.Line,
                reader.NameOf(TableField.Gross) ?? reader.NameOf(TableField.Net),
                first.Number
            );
        }
        var paid = amounts[Money.Paid] ?? gross - amounts[Money.Outstanding];
        // A credit note is written with its sign, or without where a column says what it is.
        var sign = isCreditNote && total > 0 ? -1 : 1;
        return new TableInvoice
        {
            Line = first.Line,
            Rows = rows,
            ClientName = first.Client.Name,
            ClientCode = first.Client.Code,
            ClientEmail = first.Client.Email,
            Siren = first.Client.Siren,
            VatNumber = first.Client.VatNumber,
            Number = first.Number,
            Kind = isCreditNote || total < 0 ? TableInvoiceKind.CreditNote : TableInvoiceKind.Invoice,
            Date = first.Date,
            Due = due,
            Net = net * sign,
            Vat = vat * sign,
            Gross = gross * sign,
            Currency = first.Currency,
            PaidOn = paidOn,
            Paid = paid * sign,
            Label = label,
        };
    }
}
