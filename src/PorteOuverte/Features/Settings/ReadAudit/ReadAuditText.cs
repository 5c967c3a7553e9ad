using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Settings.ReadAudit;

/// <summary>Marks the texts of the page, in the resx pair beside it.</summary>
public sealed class ReadAuditText
{
    private ReadAuditText() { }

    internal static Texts Current => new(typeof(ReadAuditText), CultureInfo.CurrentUICulture);
}
