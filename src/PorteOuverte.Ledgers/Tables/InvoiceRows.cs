using System.Runtime.InteropServices;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>Reads rows as what a mapping says of invoices.</summary>
internal sealed class InvoiceRows(TableFile table, TableMapping mapping, TableProblems problems)
{
    private readonly FieldReader fields = new(table, mapping, problems);
    private string lastNumber = "";

    public string? NameOf(TableField field) => fields.NameOf(field);

    /// <summary>What the row says; null where it is no invoice or cannot be read, which is noted.</summary>
    public InvoiceRow? Read(TableRow row)
    {
        var kind = fields.Text(row, TableField.Kind);
        if (fields.IsTotal(row))
        {
            return null;
        }
        if (kind.Length > 0 && RowWords.IsNoInvoice(kind))
        {
            problems.Note(TableNoticeCode.NotAnInvoice, row.Line, NameOf(TableField.Kind), kind);
            return null;
        }
        var amounts = default(Money);
        string? currency = null;
        var isClear = true;
        for (var i = 0; i < Money.Count; i++)
        {
            isClear &= fields.TryAmount(row, Money.Fields[i], out amounts[i], ref currency);
        }
        isClear &= fields.TryCurrency(row, ref currency);
        isClear &= fields.TryDate(row, TableField.Date, isNeeded: true, out var date);
        fields.TryDate(row, TableField.DueDate, isNeeded: false, out var due);
        fields.TryDate(row, TableField.PaidOn, isNeeded: false, out var paidOn);
        if (!isClear)
        {
            return null;
        }
        var client = fields.Party(row);
        var number = fields.Text(row, TableField.Number);
        var hasAmount = amounts[Money.Net] is not null || amounts[Money.Gross] is not null;
        if (!hasAmount && number.Length > 0 && number == lastNumber)
        {
            problems.Note(TableNoticeCode.LineWithoutAmount, row.Line, null, number);
            return null;
        }
        if (date is null || !hasAmount || !client.IsKnown)
        {
            fields.LeaveOut(
                row,
                date is null ? TableProblemReason.NoDate
                    : hasAmount ? TableProblemReason.NoClient
                    : TableProblemReason.NoAmount
            );
            return null;
        }
        lastNumber = number;
        DeriveByRate(row, ref amounts);
        return new InvoiceRow
        {
            Line = row.Line,
            Client = client,
            Number = number,
            IsCreditNote = RowWords.IsCreditNote(kind),
            Date = date.Value,
            Due = due,
            PaidOn = paidOn,
            Amounts = amounts,
            Currency = currency ?? mapping.Currency,
            Label = fields.Text(row, TableField.Label),
            OtherNumbers = OtherNumbers(row),
        };
    }

    // Net or gross alone, and a rate: what the row's VAT must be.
    private void DeriveByRate(TableRow row, ref Money amounts)
    {
        if (
            amounts[Money.Vat] is not null
            || amounts[Money.Net] is null == amounts[Money.Gross] is null
            || fields.Rate(row) is not { } rate
        )
        {
            return;
        }
        amounts[Money.Vat] = amounts[Money.Net] is { } net
            ? (long)Math.Round(net * rate, MidpointRounding.AwayFromZero)
            : amounts[Money.Gross]
                - (long)Math.Round(amounts[Money.Gross]!.Value / (1 + rate), MidpointRounding.AwayFromZero);
    }

    private ulong OtherNumbers(TableRow row)
    {
        ulong hash = 1;
        foreach (var position in fields.OtherNumbers)
        {
            hash = ByteTable.Hash(MemoryMarshal.AsBytes((row[position].Text ?? "").AsSpan()), hash);
        }
        return hash;
    }
}
