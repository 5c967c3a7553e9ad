using System.Runtime.InteropServices;

namespace PorteOuverte.Platform.Cli;

/// <summary>What the runtime takes from the system. Without it, it would die with a page of its own inner life.</summary>
/// <remarks>
/// Asked before anything else: without ICU no culture exists, so no resx can be read, no text formatted, no console
/// opened for characters. Hence two sentences in the code, the only ones, and bytes instead of a writer.
/// </remarks>
public static class NeededLibraries
{
    // Debian 12 and 13, Ubuntu 24.04 and 22.04; then whatever else the runtime itself would accept.
    private static readonly int[] UsualIcu = [72, 76, 74, 70];
    private const int StandardError = 2;
    private const int OldestIcu = 50;
    private const int NewestIcu = 100;

    private static readonly string[] Places =
    [
        "/usr/lib/x86_64-linux-gnu/",
        "/lib/x86_64-linux-gnu/",
        "/usr/lib64/",
        "/usr/lib/",
        "/usr/local/lib/",
    ];

    /// <summary>Whether all is there; if not, it has been said on the error stream.</summary>
    public static bool AreThere(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (!OperatingSystem.IsLinux() || (Icu() && Ssl()))
        {
            return true;
        }
        ReadOnlySpan<byte> sentence =
            Array.IndexOf(arguments, "en") >= 0 || Array.IndexOf(arguments, "--lang=en") >= 0
                ? "Porte Ouverte needs libraries that this system lacks: install the Debian packages libicu72, libssl3 and ca-certificates (libicu76 and libssl3t64 on Debian 13).\n"u8
                : "Il manque à ce système des bibliothèques dont Porte Ouverte a besoin : installez les paquets Debian libicu72, libssl3 et ca-certificates (libicu76 et libssl3t64 sur Debian 13).\n"u8;
        // Not by the console's own stream: it sets up writers for characters all the same.
        _ = write(StandardError, in MemoryMarshal.GetReference(sentence), sentence.Length);
        return false;
    }

    private static bool Icu()
    {
        foreach (var version in UsualIcu)
        {
            if (IsThere("libicuuc.so.", version))
            {
                return true;
            }
        }
        for (var version = NewestIcu; version >= OldestIcu; version--)
        {
            if (IsThere("libicuuc.so.", version))
            {
                return true;
            }
        }
        return false;
    }

    private static bool Ssl() => IsThere("libssl.so.", 3);

    // A look costs nothing; loading is for libraries in unusual places.
    private static bool IsThere(string name, int version)
    {
        name += Digits(version);
        foreach (var place in Places)
        {
            if (File.Exists(place + name))
            {
                return true;
            }
        }
        return NativeLibrary.TryLoad(name, out _);
    }

    // int.ToString() would ask for a culture.
    private static string Digits(int number) =>
        number < 10
            ? new string((char)('0' + number), 1)
            : Digits(number / 10) + new string((char)('0' + (number % 10)), 1);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint write(int file, in byte bytes, nint count);
}
