using PorteOuverte.Kernel;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounting;

public enum ImportState
{
    /// <summary>The files are on their way.</summary>
    Uploading,

    /// <summary>They are read, to say what would come of it.</summary>
    Trying,

    /// <summary>A person says which columns of a table are what.</summary>
    Mapping,

    /// <summary>A person decides.</summary>
    Ready,

    /// <summary>It is being done.</summary>
    Applying,
    Done,

    /// <summary>Nothing could come of it; <see cref="Import.Refusal"/> says why.</summary>
    Refused,

    /// <summary>Given up by a person.</summary>
    GivenUp,

    /// <summary>It is being taken back.</summary>
    Undoing,

    /// <summary>Done, and taken back.</summary>
    Undone,
}

/// <summary>Files that somebody gave together, and what became of them.</summary>
public sealed class Import(Id<Person>? givenBy, DateTime givenAt)
{
    public Id<Import> Id { get; private init; } = Id<Import>.New();

    public Id<Person>? GivenBy { get; private init; } = givenBy;

    public DateTime GivenAt { get; private init; } = givenAt;

    public ImportState State { get; private set; }

    /// <summary>What would come of it, as <see cref="ImportPlan"/> writes it.</summary>
    public string? Plan { get; private set; }

    public string? Refusal { get; private set; }

    /// <summary>The job that tries or does it.</summary>
    public Id<JobRun>? Run { get; set; }

    public DateTime? DoneAt { get; private set; }

    public long Version { get; private set; }

    public bool IsUnderWay => State is ImportState.Trying or ImportState.Applying or ImportState.Undoing;

    public void Try(Id<JobRun> run) => (State, Run, Refusal) = (ImportState.Trying, run, null);

    public void AskColumns() => (State, Plan) = (ImportState.Mapping, null);

    public void Propose(string plan) => (State, Plan) = (ImportState.Ready, plan);

    public void Refuse(string why) => (State, Refusal) = (ImportState.Refused, why);

    public void Apply(Id<JobRun> run) => (State, Run) = (ImportState.Applying, run);

    public void TakeBack(Id<JobRun> run) => (State, Run) = (ImportState.Undoing, run);

    /// <summary>Back to the decision: the job was stopped or failed.</summary>
    public void WaitAgain() => State = State == ImportState.Undoing ? ImportState.Done : ImportState.Ready;

    /// <summary>What was decided has come about.</summary>
    public void Finish(DateTime now) =>
        (State, DoneAt) = State == ImportState.Undoing ? (ImportState.Undone, DoneAt) : (ImportState.Done, now);

    public void GiveUp() => State = ImportState.GivenUp;
}

public enum FileState
{
    /// <summary>Given, and nothing decided.</summary>
    Waiting,

    /// <summary>Part of the next reading.</summary>
    Arriving,

    /// <summary>Part of the books.</summary>
    Live,

    /// <summary>Not part of the next reading.</summary>
    Leaving,

    /// <summary>Part of the books no more: taken back, or replaced.</summary>
    Gone,
}

public enum FileKind
{
    /// <summary>The books of a year: a FEC.</summary>
    Ledger,

    /// <summary>One invoice: Factur-X, CII or UBL.</summary>
    EInvoice,

    /// <summary>Invoices in rows: CSV or XLSX.</summary>
    Table,
}

/// <summary>A file of the books, as it was given, with what its reading said of it.</summary>
public sealed class ImportedFile(Id<Import> importId, string name)
{
    public const int LongestName = 200;

    public Id<ImportedFile> Id { get; private init; } = Id<ImportedFile>.New();

    public Id<Import> ImportId { get; private init; } = importId;

    public string Name { get; private init; } = name;

    /// <summary>What its content says it is.</summary>
    public FileKind Kind { get; set; }

    public FileState State { get; private set; }

    /// <summary>SHA-256 of its content: the same file again changes nothing. Empty until it has come whole.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>In bytes, as it was given.</summary>
    public long Size { get; private set; }

    public Siren? Siren { get; private set; }

    public DateOnly? Closing { get; private set; }

    public string? Encoding { get; private set; }

    public int Lines { get; private set; }

    public int Rejected { get; private set; }

    public DateOnly? FirstEntry { get; private set; }

    public DateOnly? LastEntry { get; private set; }

    /// <summary>What was odd and which lines could not be read, as <see cref="FileReport"/> writes it.</summary>
    public string? Report { get; private set; }

    /// <summary>Of a table, which column is what, as <see cref="ReadTables.ChosenColumns"/> writes it; null until a person has said so.</summary>
    public string? Mapping { get; set; }

    /// <summary>The newer export that took its place.</summary>
    public Id<ImportedFile>? ReplacedBy { get; private set; }

    public long Version { get; private set; }

    public void Arrived(byte[] hash, long size) => (Hash, Size) = (hash, size);

    public void Tell(
        Siren? siren,
        DateOnly? closing,
        string encoding,
        int lines,
        int rejected,
        DateOnly? first,
        DateOnly? last,
        string report
    )
    {
        (Siren, Closing, Encoding) = (siren, closing, encoding);
        (Lines, Rejected, FirstEntry, LastEntry, Report) = (lines, rejected, first, last, report);
    }

    public void Arrive() => State = FileState.Arriving;

    public void Leave(Id<ImportedFile>? replacedBy = null) => (State, ReplacedBy) = (FileState.Leaving, replacedBy);

    /// <summary>What was decided has come about.</summary>
    public void Settle()
    {
        State = State switch
        {
            FileState.Arriving => FileState.Live,
            FileState.Leaving => FileState.Gone,
            _ => State,
        };
    }

    /// <summary>What was decided has not come about.</summary>
    public void StayAsItWas()
    {
        if (State == FileState.Arriving)
        {
            State = ReplacedBy is null ? FileState.Waiting : FileState.Gone;
        }
        else if (State == FileState.Leaving)
        {
            (State, ReplacedBy) = (FileState.Live, null);
        }
    }

    /// <summary>What replaced it is taken back.</summary>
    public void ComeBack() => State = FileState.Arriving;

    public void ForgetReplacement() => ReplacedBy = null;
}

/// <summary>A stretch of a file, compressed; together, in order, they are the file.</summary>
public sealed class ImportedFilePart(Id<ImportedFile> fileId, int number, byte[] content)
{
    public Id<ImportedFile> FileId { get; private init; } = fileId;

    public int Number { get; private init; } = number;

    public byte[] Content { get; private init; } = content;
}
