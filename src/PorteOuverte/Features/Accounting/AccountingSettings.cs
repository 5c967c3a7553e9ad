using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace PorteOuverte.Features.Accounting;

/// <summary>How much the house takes at once.</summary>
/// <param name="LargestFile">In bytes. Ten years of a large business are some hundred megabytes.</param>
public sealed record AccountingSettings(long LargestFile)
{
    public const int MostFiles = 60;
    private const long UsualMegabytes = 1024;

    public static AccountingSettings Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var given = long.TryParse(settings["LargestFileMB"], CultureInfo.InvariantCulture, out var megabytes);
        return new((given && megabytes > 0 ? megabytes : UsualMegabytes) << 20);
    }
}
