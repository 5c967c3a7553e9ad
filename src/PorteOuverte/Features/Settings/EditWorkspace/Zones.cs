namespace PorteOuverte.Features.Settings.EditWorkspace;

/// <summary>Time zones by their IANA names: those where most of our users work first, then all.</summary>
internal static class Zones
{
    public static IReadOnlyList<string> Usual { get; } =
    [
        "Europe/Paris",
        "America/Guadeloupe",
        "America/Martinique",
        "America/Cayenne",
        "Indian/Reunion",
        "Indian/Mayotte",
        "Pacific/Noumea",
        "Pacific/Tahiti",
        "Europe/Brussels",
        "Europe/Luxembourg",
        "Europe/Zurich",
        "America/Toronto",
        "Africa/Casablanca",
        "Africa/Dakar",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. TimeZoneInfo
            .GetSystemTimeZones()
            .Where(z => z.HasIanaId && z.Id.Contains('/', StringComparison.Ordinal))
            .Select(z => z.Id)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The zone by its city: Indian/Reunion is Reunion.</summary>
    public static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public static bool IsKnown(string? zone) =>
        zone is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId;
}
