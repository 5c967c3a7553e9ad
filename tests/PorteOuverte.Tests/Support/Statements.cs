using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PorteOuverte.Tests.Support;

/// <summary>Every statement that was sent to the database, for tests that count them: an interceptor of the house.</summary>
public sealed class Statements : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> texts = new();

    public IReadOnlyList<string> Texts => [.. texts];

    public void Forget() => texts.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => new(Kept(command, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => new(Kept(command, result));

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    ) => new(Kept(command, result));

    private T Kept<T>(DbCommand command, T result)
    {
        texts.Enqueue(command.CommandText);
        return result;
    }
}
