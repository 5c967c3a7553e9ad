using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Mail;

/// <summary>Marks the texts of the room, in the resx pair beside it.</summary>
public sealed class MailText
{
    private MailText() { }

    internal static Texts Current => new(typeof(MailText), CultureInfo.CurrentUICulture);
}
