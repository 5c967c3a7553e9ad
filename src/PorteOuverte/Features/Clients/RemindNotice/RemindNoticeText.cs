using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.RemindNotice;

/// <summary>Marks the texts of the reminder, in the resx pair beside it.</summary>
public sealed class RemindNoticeText
{
    private RemindNoticeText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(RemindNoticeText), culture);
}
