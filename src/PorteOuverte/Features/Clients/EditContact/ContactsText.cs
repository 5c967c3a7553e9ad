using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.EditContact;

/// <summary>Marks the texts of the contacts, in the resx pair beside it.</summary>
public sealed class ContactsText
{
    private ContactsText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(ContactsText), culture);
}
