using System.Xml;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>One sheet of a workbook, read as often as asked.</summary>
internal sealed class SheetSource(LedgerSource source, Workbook workbook, int sheet) : IRowSource
{
    public bool EndsOpen => false;

    public int FormulasWithoutValue { get; private set; }

    public IEnumerable<TableRow> Rows()
    {
        using var package = Package.Open(source);
        using var xml = package.OpenPart(workbook.Parts[sheet], TableLimits.Sheet);
        if (xml is null)
        {
            throw new UnreadableFileException(source.Name, UnreadableReason.Truncated);
        }
        var rows = new SheetXml(xml, workbook, source.Name);
        while (Package.Guard(source.Name, rows.Read) is { } row)
        {
            if (row.Filled > 0)
            {
                yield return row;
            }
        }
        FormulasWithoutValue = rows.FormulasWithoutValue;
    }
}
