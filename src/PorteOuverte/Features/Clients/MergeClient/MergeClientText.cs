using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.MergeClient;

/// <summary>Marks the texts of merging two clients, in the resx pair beside it.</summary>
public sealed class MergeClientText
{
    private MergeClientText() { }

    internal static Texts Current => new(typeof(MergeClientText), CultureInfo.CurrentUICulture);
}
