namespace PorteOuverte.Platform.Security;

/// <summary>What a browser says of itself, in two words a person recognises.</summary>
internal static class BrowserName
{
    // The order matters: most say that they are Chrome and Safari too, and Android that it is Linux.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <returns><c>Firefox, Linux</c>, or what of it is known; null: nothing.</returns>
    public static string? Of(string userAgent)
    {
        var known = new[] { First(Browsers, userAgent), First(Systems, userAgent) }.OfType<string>().ToList();
        return known.Count == 0 ? null : string.Join(", ", known);
    }

    private static string? First((string Sign, string Name)[] signs, string userAgent) =>
        signs.FirstOrDefault(s => userAgent.Contains(s.Sign, StringComparison.Ordinal)).Name;
}
