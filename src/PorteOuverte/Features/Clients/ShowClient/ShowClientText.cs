using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.ShowClient;

/// <summary>Marks the texts of the sheet of a client, in the resx pair beside it.</summary>
public sealed class ShowClientText
{
    private ShowClientText() { }

    internal static Texts Current => new(typeof(ShowClientText), CultureInfo.CurrentUICulture);
}
