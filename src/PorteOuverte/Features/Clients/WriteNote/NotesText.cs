using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.WriteNote;

/// <summary>Marks the texts of the notes, in the resx pair beside it.</summary>
public sealed class NotesText
{
    private NotesText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(NotesText), culture);
}
