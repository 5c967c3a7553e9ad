namespace PorteOuverte.Platform.Data;

/// <summary>The parts of a page that read for themselves are drawn at the same time, and a request has one connection: they read in turn.</summary>
public sealed class InTurn : IDisposable
{
    private readonly SemaphoreSlim free = new(1);

    public async Task<T> Do<T>(Func<Task<T>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        await free.WaitAsync();
        try
        {
            return await read();
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
