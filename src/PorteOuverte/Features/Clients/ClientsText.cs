using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients;

/// <summary>Marks the texts of the clients, in the resx pair beside it.</summary>
public sealed class ClientsText
{
    private ClientsText() { }

    internal static Texts Current => In(CultureInfo.CurrentUICulture);

    internal static Texts In(CultureInfo culture) => new(typeof(ClientsText), culture);
}
