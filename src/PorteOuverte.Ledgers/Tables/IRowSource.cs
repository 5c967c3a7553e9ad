namespace PorteOuverte.Ledgers.Tables;

/// <summary>Rows that can be read again from the beginning; blank ones are left out.</summary>
internal interface IRowSource
{
    IEnumerable<TableRow> Rows();

    /// <summary>True where the last row has no line end; known once all rows have been read.</summary>
    bool EndsOpen { get; }

    /// <summary>Cells that hold a formula and no value; known once all rows have been read.</summary>
    int FormulasWithoutValue { get; }
}
