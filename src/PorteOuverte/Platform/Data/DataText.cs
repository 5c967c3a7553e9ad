using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>Marks the texts of the room, in the resx pair beside it.</summary>
public sealed class DataText
{
    private DataText() { }

    /// <summary>What is said before anybody has signed in is said in the language of the process.</summary>
    internal static Texts Current => new(typeof(DataText), CultureInfo.CurrentUICulture);
}
