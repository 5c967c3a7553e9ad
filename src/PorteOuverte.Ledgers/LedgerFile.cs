namespace PorteOuverte.Ledgers;

/// <summary>A file to read: its name and a way to open it.</summary>
/// <param name="Name">The file's name; a FEC's tells its SIREN and closing date.</param>
/// <param name="Open">Opens the content, from its beginning, as a stream that can seek.</param>
public sealed record LedgerSource(string Name, Func<Stream> Open)
{
    /// <summary>A file on disk.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="UnreadableFileException">On <see cref="Open"/>: the file is missing, a folder, or may not be read.</exception>
    public static LedgerSource FromFile(string path) =>
        new(
            Path.GetFileName(path),
            () =>
            {
                if (path.Length == 0)
                {
                    throw new UnreadableFileException(path, UnreadableReason.Missing);
                }
                try
                {
                    var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
                    if (stream.CanSeek)
                    {
                        return stream;
                    }
                    // A pipe is read once, a ledger is looked at twice: first what it is, then what it says.
                    using (stream)
                    {
                        var copy = new MemoryStream();
                        stream.CopyTo(copy);
                        copy.Position = 0;
                        return copy;
                    }
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
                {
                    throw new UnreadableFileException(path, UnreadableReason.Missing);
                }
                catch (UnauthorizedAccessException)
                {
                    throw new UnreadableFileException(path, Directory.Exists(path) ? UnreadableReason.Folder : UnreadableReason.Denied);
                }
                catch (IOException e)
                {
                    throw new UnreadableFileException(path, UnreadableReason.Denied, 0, e.Message);
                }
            }
        );
}

/// <summary>What was read of one file.</summary>
public sealed record LedgerFile
{
    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The company's SIREN, from the name; or null.</summary>
    public string? Siren { get; init; }

    /// <summary>The closing date, from the name or the XML; or null.</summary>
    public DateOnly? Closing { get; init; }

    /// <summary>One of utf-8, utf-16le, utf-16be, iso-8859-15, windows-1252, ibm850, macintosh.</summary>
    public required string Encoding { get; init; }

    /// <summary>The separator, or null for XML.</summary>
    public char? Separator { get; init; }

    /// <summary>Data lines, without the header and blank lines, rejected ones included.</summary>
    public required int Lines { get; init; }

    /// <summary>Lines that could not be read.</summary>
    public required int Rejected { get; init; }

    /// <summary>Total of the debits, in cents.</summary>
    public required long Debit { get; init; }

    /// <summary>Total of the credits, in cents.</summary>
    public required long Credit { get; init; }

    /// <summary>Date of the first entry, or null.</summary>
    public DateOnly? FirstEntry { get; init; }

    /// <summary>Date of the last entry, or null.</summary>
    public DateOnly? LastEntry { get; init; }

    /// <summary>Every oddity met, counted and located.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>The first thousand of the lines that could not be read.</summary>
    public required IReadOnlyList<RejectedLine> RejectedLines { get; init; }

    /// <summary>The line in whose middle the file stops, or null where it ends as it should.</summary>
    public int? TruncatedAt { get; init; }
}
