using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting;

/// <summary>Marks the texts of what is said of the files, in the resx pair beside it.</summary>
public sealed class FileText
{
    private FileText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(FileText), culture);
}
