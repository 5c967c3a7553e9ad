using Microsoft.Playwright;

namespace PorteOuverte.Browser.Everywhere;

/// <summary>A width and a theme: how one may meet a page.</summary>
public sealed record Look(int Width, ColorScheme Theme)
{
    /// <summary>A phone and a desk, by day and by night.</summary>
    public static IReadOnlyList<Look> All { get; } =
    [
        new(390, ColorScheme.Light),
        new(390, ColorScheme.Dark),
        new(1440, ColorScheme.Light),
        new(1440, ColorScheme.Dark),
    ];

    public async Task Put(Tab tab)
    {
        ArgumentNullException.ThrowIfNull(tab);
        await tab.Page.SetViewportSizeAsync(Width, 900);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = Theme });
    }

    public override string ToString() => $"{Width}-{(Theme == ColorScheme.Dark ? "dark" : "light")}";
}
