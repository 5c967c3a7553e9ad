namespace PorteOuverte.Analytics;

/// <summary>Adds up rows from..to of a likelihood: the value is returned, derivatives are added.</summary>
internal delegate double RowSum(int from, int to, Span<double> gradient);

/// <summary>
/// Sums over rows on all cores. The cut into chunks depends on the number of rows alone, so the same data give the
/// same digits on any machine.
/// </summary>
internal static class Chunks
{
    private const int RowsPerChunk = 2048;
    private const int MostChunks = 64;

    public static double Sum(int rows, int align, RowSum sum, Span<double> gradient)
    {
        var chunks = Math.Clamp(rows / RowsPerChunk, 1, MostChunks);
        if (chunks == 1)
            return sum(0, rows, gradient);
        var length = (rows / chunks / align + 1) * align;
        var width = gradient.Length + 1;
        var parts = new double[chunks * width];
        Parallel.For(
            0,
            chunks,
            chunk =>
            {
                var (from, to) = (
                    Math.Min(rows, chunk * length),
                    Math.Min(rows, (chunk + 1) * length)
                );
                // Filled on the stack first: neighbours' sums share cache lines.
                Span<double> own = stackalloc double[width - 1];
                own.Clear();
                parts[chunk * width + width - 1] = sum(from, to, own);
                own.CopyTo(parts.AsSpan(chunk * width, width - 1));
            }
        );
        var value = 0.0;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] += parts[chunk * width + i];
            value += parts[chunk * width + width - 1];
        }
        return value;
    }
}
