using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting;

/// <summary>Keeps the files as they were given, in the database: any node can read them, and a copy of the data holds them.</summary>
public sealed class FileStore(AppDb db)
{
    // Packed it stays below 85 000 bytes, from which on memory is only given back by collecting all of it.
    private const int Stretch = 1 << 18;

    /// <summary>Keeps a content as it comes, one stretch in memory at a time.</summary>
    /// <param name="most">More bytes than these are refused.</param>
    /// <returns>False when it is larger; what was kept of it is of no use.</returns>
    public async Task<bool> Keep(ImportedFile file, Stream content, long most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(content);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var stretch = new byte[Stretch];
        long size = 0;
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(stretch, Stretch, throwOnEndOfStream: false, cancellation);
            if (read == 0)
            {
                break;
            }
            size += read;
            if (size > most)
            {
                return false;
            }
            hash.AppendData(stretch, 0, read);
            var part = new ImportedFilePart(file.Id, number, Packed(stretch.AsSpan(0, read)));
            db.Add(part);
            await db.SaveChangesAsync(cancellation);
            // Saved, and not kept in memory.
            db.Entry(part).State = EntityState.Detached;
        }
        file.Arrived(hash.GetHashAndReset(), size);
        return true;
    }

    /// <summary>Files on this node's own disk, to be read more than once; gone when it is disposed.</summary>
    public async Task<CopiedFiles> Copy(IReadOnlyList<ImportedFile> files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var copies = new CopiedFiles();
        try
        {
            foreach (var file in files)
            {
                var path = copies.Add(file);
                await using var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                var parts = db
                    .ImportedFileParts.AsNoTracking()
                    .Where(p => p.FileId == file.Id)
                    .OrderBy(p => p.Number)
                    .Select(p => p.Content)
                    .AsAsyncEnumerable();
                await foreach (var part in parts.WithCancellation(cancellation))
                {
                    await using var packed = new GZipStream(new MemoryStream(part), CompressionMode.Decompress);
                    await packed.CopyToAsync(copy, cancellation);
                }
            }
            return copies;
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    private static byte[] Packed(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }
        return packed.ToArray();
    }
}

/// <summary>Copies of files on the disk, each in its place.</summary>
public sealed class CopiedFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("porte-books-");
    private readonly Dictionary<Id<ImportedFile>, LedgerSource> sources = [];

    public LedgerSource this[Id<ImportedFile> file] => sources[file];

    public long Size => folder.EnumerateFiles().Sum(f => f.Length);

    internal string Add(ImportedFile file)
    {
        // By its number on the disk, by its own name to the reader: that may tell the company and the year.
        var path = Path.Combine(folder.FullName, file.Id.ToString());
        sources.Add(file.Id, LedgerSource.FromFile(path) with { Name = file.Name });
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
