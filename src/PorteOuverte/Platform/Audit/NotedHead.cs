using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PorteOuverte.Platform.Audit;

/// <summary>A head as somebody noted it: the number of the last line and its hash, <c>42:9f86d0…</c>.</summary>
public sealed record NotedHead(long Number, byte[] Hash)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number}:{Convert.ToHexStringLower(Hash)}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out NotedHead? head)
    {
        head = null;
        var parts = (text ?? "").Trim().Split(':');
        if (
            parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1
            || parts[1].Length != LineHash.Length * 2
            || !parts[1].All(char.IsAsciiHexDigit)
        )
        {
            return false;
        }
        head = new NotedHead(number, Convert.FromHexString(parts[1]));
        return true;
    }
}
