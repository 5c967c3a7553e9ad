namespace PorteOuverte.Ledgers;

/// <summary>What was odd about a file, and what the reader assumed so as to go on.</summary>
public enum NoticeCode
{
    /// <summary>A field is padded with spaces (or zeros before a sign); the padding was removed.</summary>
    Padded,

    /// <summary>Every line ends with one separator too many; the empty last column was ignored.</summary>
    TrailingSeparator,

    /// <summary>A line has fewer columns than the header; the missing ones were taken as blank.</summary>
    MissingColumns,

    /// <summary>A line or the header has more columns than expected; the others were not read.</summary>
    ExtraColumns,

    /// <summary>A column name of the header is an alias or is spelt differently from the norm.</summary>
    HeaderAlias,

    /// <summary>The file has no header line; the columns were taken in the order of the norm.</summary>
    NoHeader,

    /// <summary>The separator is a semicolon, which the norm does not allow.</summary>
    Semicolon,

    /// <summary>Blank lines were skipped.</summary>
    BlankLine,

    /// <summary>A NUL or another control character was removed.</summary>
    ControlCharacter,

    /// <summary>A no-break space stood where a number, date or code is expected.</summary>
    NoBreakSpace,

    /// <summary>A field is wrapped in quotation marks; they were removed.</summary>
    Quoted,

    /// <summary>A field is written as a Python byte string (<c>b'…'</c>); it was decoded.</summary>
    ByteRepr,

    /// <summary>HTML entities stand in the text (<c>&amp;egrave;</c>); they were decoded.</summary>
    HtmlEntity,

    /// <summary>UTF-8 text was encoded twice (<c>Ã©</c>); it was repaired.</summary>
    DoubleEncoding,

    /// <summary>A few bytes are not valid in the encoding of the rest of the file.</summary>
    InvalidBytes,

    /// <summary>The byte order mark was encoded twice.</summary>
    DoubleBom,

    /// <summary>An amount uses a decimal point.</summary>
    DecimalPoint,

    /// <summary>An amount has a sign, a currency or thousands separators.</summary>
    AmountFormat,

    /// <summary>An amount has more than two decimals; it was rounded to the cent.</summary>
    AmountRounded,

    /// <summary>A debit or credit is negative: read as a reversal.</summary>
    NegativeAmount,

    /// <summary>A line has both a debit and a credit; their difference was kept.</summary>
    BothSides,

    /// <summary>Amount and direction stand in two columns (<c>Montant</c>, <c>Sens</c>).</summary>
    AmountAndDirection,

    /// <summary>A date is not written AAAAMMJJ.</summary>
    DateFormat,

    /// <summary>A date is written <c>00000000</c>; it was taken as blank.</summary>
    ZeroDate,

    /// <summary>A secondary date (lettering, validation, document) cannot be read; it was taken as blank.</summary>
    UnreadableDate,

    /// <summary>A document date lies too far from its entry's date; the entry's date was used.</summary>
    ImplausiblePieceDate,

    /// <summary>Entries are not numbered; lines were grouped by document and by balance.</summary>
    Unnumbered,

    /// <summary>An entry does not balance on its own; its lines were grouped more widely.</summary>
    UnbalancedEntry,

    /// <summary>Total debit and total credit of the file differ.</summary>
    UnbalancedFile,

    /// <summary>No line bears a validation date.</summary>
    NotValidated,

    /// <summary>The closing date in the file's name does not fit the dates inside.</summary>
    NameMismatch,

    /// <summary>The file's name is not of the form SIRENFECAAAAMMJJ.</summary>
    NameForm,

    /// <summary>Lines in another currency keep their euro value.</summary>
    ForeignCurrency,

    /// <summary>A client line names no client: grouped under the code <c>?</c>.</summary>
    UnknownClient,

    /// <summary>Several client codes bear one name: perhaps one client.</summary>
    SameName,

    /// <summary>Client lines bear no lettering; payments were matched by document and amount.</summary>
    NotLettered,

    /// <summary>Opening entries repeat balances that an earlier file already gives; counted once.</summary>
    RepeatedOpening,

    /// <summary>An opening says something else than the entries of the year before; the opening was taken.</summary>
    OpeningDiffers,

    /// <summary>Year-end entries that empty the income accounts were left out of the sales.</summary>
    ClosingEntry,

    /// <summary>Two files have the same content; the second was ignored.</summary>
    DuplicateFile,

    /// <summary>The files bear the numbers of two companies; they were read as one ledger.</summary>
    OtherCompany,

    /// <summary>A year is missing between two files.</summary>
    MissingYear,
}

/// <summary>One kind of oddity met in one column of one file: how often, first where, what was read and what was assumed.</summary>
/// <param name="Code">What was odd.</param>
/// <param name="Count">How many times.</param>
/// <param name="FirstLine">Line of the first occurrence, the header being line 1; 0 where it concerns the whole file.</param>
/// <param name="Column">The column's name in the norm, or null where it concerns the whole line or file.</param>
/// <param name="Read">What stood there the first time, shortened to 60 characters; or null.</param>
/// <param name="Assumed">What it was taken for; or null.</param>
public sealed record Notice(
    NoticeCode Code,
    int Count,
    int FirstLine,
    string? Column,
    string? Read,
    string? Assumed
);

/// <summary>A line that could not be read, and why.</summary>
/// <param name="Line">Its number, the header being line 1.</param>
/// <param name="Column">The column at fault, or null where the line as a whole is at fault.</param>
/// <param name="Reason">Why it was set aside.</param>
/// <param name="Read">What stood there, shortened to 60 characters.</param>
public sealed record RejectedLine(int Line, string? Column, RejectReason Reason, string Read);

/// <summary>Why a line was set aside.</summary>
public enum RejectReason
{
    /// <summary>The line has too few columns.</summary>
    TooFewColumns,

    /// <summary>The amount cannot be read.</summary>
    Amount,

    /// <summary>The direction of the amount (debit or credit) cannot be read.</summary>
    Direction,

    /// <summary>The entry's date cannot be read.</summary>
    Date,

    /// <summary>The account number is missing.</summary>
    Account,

    /// <summary>The line is longer than a megabyte.</summary>
    TooLong,
}
