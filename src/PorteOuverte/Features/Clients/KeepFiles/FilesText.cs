using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.KeepFiles;

/// <summary>Marks the texts of the files, in the resx pair beside it.</summary>
public sealed class FilesText
{
    private FilesText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(FilesText), culture);
}
