using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting;

/// <summary>Reads files in the background of a job: says how far it is, and stops when it is asked to.</summary>
internal sealed class LongReading(JobProgress progress, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private const long Much = 4L << 20;

    private long readBefore;

    /// <summary>Gives back the memory of what was read: a quiet server might not collect for hours.</summary>
    /// <param name="read">Bytes of the files; everybody waits during a collection, which is not worth it after small ones.</param>
    public static void GiveBack(long read)
    {
        if (read > Much)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <param name="total">Bytes of all that will be read.</param>
    public async Task<Ledger> Read(IReadOnlyList<LedgerSource> sources, long total, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        long read = 0;
        var reading = Task.Run(
            () => Ledger.Read(sources, bytes => Interlocked.Exchange(ref read, bytes), cancellation: cancel.Token),
            cancel.Token
        );
        try
        {
            while (await Task.WhenAny(reading, Task.Delay(Between, clock, stop)) != reading)
            {
                await progress.Report(Math.Min(total, readBefore + Interlocked.Read(ref read)), total, stop);
            }
        }
        catch
        {
            await cancel.CancelAsync();
            await reading.ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
        var ledger = await reading;
        readBefore += Interlocked.Read(ref read);
        // Reading leaves twice behind what it gives.
        GiveBack(readBefore);
        return ledger;
    }
}
