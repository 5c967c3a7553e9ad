namespace PorteOuverte.Ledgers.Tables;

/// <summary>How much of a table is read before it is refused: far beyond honest files, far below what harms a server.</summary>
internal static class TableLimits
{
    /// <summary>Rows of a sheet, as many as Excel has.</summary>
    public const int Rows = 1 << 20;

    public const int Columns = 512;

    /// <summary>Characters of one cell.</summary>
    public const int Cell = 1 << 20;

    /// <summary>Characters of one row.</summary>
    public const int Row = 1 << 22;

    /// <summary>Rows looked at for the separator and the header.</summary>
    public const int Head = 100;

    /// <summary>Characters of a CSV looked at for the separator.</summary>
    public const int HeadCharacters = 1 << 17;

    /// <summary>Bytes of a workbook's sheet once unpacked.</summary>
    public const long Sheet = 1L << 30;

    /// <summary>Bytes of a workbook's texts once unpacked.</summary>
    public const long SharedStrings = 1L << 28;

    /// <summary>Bytes of its other parts once unpacked.</summary>
    public const long SmallPart = 1L << 24;

    /// <summary>Characters of all the texts that cells of a workbook share.</summary>
    public const long SharedCharacters = 1L << 26;

    public const int SharedCount = 1 << 21;

    /// <summary>Bytes of one tag of a workbook's XML, with all it says of itself.</summary>
    public const int Tag = 1 << 22;

    /// <summary>How many times smaller than its content a large part may be; honest sheets stay below a hundred.</summary>
    public const int Ratio = 250;

    /// <summary>Bytes from which the ratio is looked at.</summary>
    public const long RatioFrom = 1L << 24;

    /// <summary>Bytes of a workbook's table of contents.</summary>
    public const long Directory = 1L << 22;

    /// <summary>Problems that are kept; all are counted.</summary>
    public const int Problems = 1000;

    public const int Samples = 5;

    public const int SampleLength = 60;

    public static UnreadableFileException Exceeded(string file, string what, int line = 0) =>
        new(file, UnreadableReason.TooLarge, line, what);
}
