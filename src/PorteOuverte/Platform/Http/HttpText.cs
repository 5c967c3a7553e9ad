using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Http;

/// <summary>Marks the texts of the room, in the resx pair beside it.</summary>
public sealed class HttpText
{
    private HttpText() { }

    internal static Texts Current => new(typeof(HttpText), CultureInfo.CurrentUICulture);
}
