using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.EditClient;

/// <summary>Marks the texts of the form of a client, in the resx pair beside it.</summary>
public sealed class EditClientText
{
    private EditClientText() { }

    internal static Texts Current => new(typeof(EditClientText), CultureInfo.CurrentUICulture);
}
