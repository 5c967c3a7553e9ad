namespace PorteOuverte.Platform.Jobs;

/// <summary>Marks the texts of the room, in the resx pair beside it.</summary>
public sealed class JobText
{
    private JobText() { }
}
