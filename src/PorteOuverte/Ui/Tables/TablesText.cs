using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Ui.Tables;

/// <summary>Marks the texts of the lists, in the resx pair beside it.</summary>
public sealed class TablesText
{
    private TablesText() { }

    internal static Texts Current => new(typeof(TablesText), CultureInfo.CurrentUICulture);
}
