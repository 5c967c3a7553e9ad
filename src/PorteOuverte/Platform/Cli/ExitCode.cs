namespace PorteOuverte.Platform.Cli;

/// <summary>What the process tells the shell.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>Done, but some lines could not be read: they are listed.</summary>
    public const int DoneInPart = 1;

    /// <summary>Not done: one sentence on the error stream says why.</summary>
    public const int Refused = 2;

    /// <summary>Stopped by Ctrl+C, as shells expect it.</summary>
    public const int Stopped = 130;
}
