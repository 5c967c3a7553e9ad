namespace PorteOuverte.Features.Accounts;

/// <summary>Where one goes back to after signing in: within this site, or home.</summary>
internal static class LocalAddress
{
    public static string Of(string? address) =>
        address is { Length: > 0 }
        && address[0] == '/'
        && (address.Length == 1 || (address[1] is not ('/' or '\\')))
        && !address.Any(char.IsControl)
            ? address
            : "/";
}
