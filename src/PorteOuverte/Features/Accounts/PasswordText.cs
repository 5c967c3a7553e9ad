using Microsoft.AspNetCore.Identity;

namespace PorteOuverte.Features.Accounts;

/// <summary>Why a new password will not do, in words.</summary>
internal static class PasswordText
{
    /// <returns>Null: whatever is wrong, it is not the password.</returns>
    public static string? Of(IEnumerable<IdentityError> errors) =>
        errors.FirstOrDefault(e => e.Code.StartsWith("Password", StringComparison.Ordinal)) is not { } error
            ? null
            : AccountsText.Current[
                error.Code switch
                {
                    "PasswordPersonal" => "passwordPersonal",
                    "PasswordUsual" => "passwordUsual",
                    _ => "passwordShort",
                }
            ];
}
