namespace PorteOuverte.Tests.Support;

/// <summary>Waits for the thing, and says what it waited for in vain.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task Until(
        Func<Task<bool>> reached,
        TimeSpan? longest = null,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(reached))] string what = ""
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(longest ?? Patience);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await reached())
        {
            try
            {
                await beat.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Waited {(longest ?? Patience).TotalSeconds} s in vain for: {what}", e);
            }
        }
    }
}
