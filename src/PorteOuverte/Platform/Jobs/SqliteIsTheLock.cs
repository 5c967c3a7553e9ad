using Quartz.Impl.AdoJobStore;

namespace PorteOuverte.Platform.Jobs;

/// <summary>On SQLite a transaction begins by taking the one lock of the file: the scheduler needs no other.</summary>
/// <remarks>
/// The scheduler's own answer, a gate in the process taken before the transaction, meets our transactions the other way round (they hold
/// the file and then schedule), and both would wait for each other until one gives up.
/// </remarks>
internal sealed class SqliteIsTheLock : ILockHandler
{
    // The connection, with its transaction, comes first.
    public bool RequiresConnection => true;

    public ValueTask<bool> AcquireLock(
        Guid requestorId,
        ConnectionAndTransactionHolder? conn,
        SchedulerLock lockName,
        CancellationToken cancellationToken = default
    ) => new(true);

    public ValueTask ReleaseLock(
        Guid requestorId,
        SchedulerLock lockName,
        CancellationToken cancellationToken = default
    ) => default;
}
