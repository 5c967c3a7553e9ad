using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data.Backup;

/// <summary>Marks the texts of backups, in the resx pair beside it.</summary>
public sealed class BackupText
{
    private BackupText() { }

    internal static Texts Current => new(typeof(BackupText), CultureInfo.CurrentUICulture);
}
