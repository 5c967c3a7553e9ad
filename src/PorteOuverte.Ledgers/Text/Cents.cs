using System.Globalization;

namespace PorteOuverte.Ledgers.Text;

/// <summary>Writes cents as a plain number: <c>-12.50</c>.</summary>
internal static class Cents
{
    public static int Format(long cents, Span<byte> target)
    {
        (cents / 100m).TryFormat(target, out var written, "0.00", CultureInfo.InvariantCulture);
        return written;
    }
}
