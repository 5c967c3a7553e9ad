using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounts;

internal static class FirstOwner
{
    /// <summary>The link that the server prints, where nobody reads what it prints.</summary>
    public static string LinkOf(House house) =>
        "/welcome?code="
        + house
            .Services.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("first owner")
            .ToTimeLimitedDataProtector()
            .Protect("first owner", TimeSpan.FromHours(1));
}
