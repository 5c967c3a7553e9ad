using Microsoft.AspNetCore.Identity;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

/// <summary>What a password must not be, besides short: what whoever knows the person, or the usual lists, would try first.</summary>
/// <remarks>Asked wherever one is set: it stands in Identity's own way of doing so.</remarks>
internal sealed class PasswordRule : IPasswordValidator<Person>
{
    public const string Personal = "PasswordPersonal";
    public const string Usual = "PasswordUsual";

    private const int FewestLetters = 5;

    // The most usual of twelve letters and more in lists that leaked, French and English; case, accents and spaces do not count.
    private static readonly HashSet<string> MostUsual = new(
        """
        123456789012 1234567890123 12345678901234 123456789123 1234567890123456 123456123456 012345678910 123321123321
        987654321012 1q2w3e4r5t6y 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv qwertyuiop12 qwertyuiop123 qwertyuiopasdf
        qwertyuiopasdfghjkl qwerty123456 qwerty1234567 azertyuiop12 azertyuiop123 azertyuiopqs azertyuiopqsdfghjklm azerty123456
        azerty1234567 azertyazerty qwertyqwerty passwordpassword password1234 password12345 password123456 motdepasse12
        motdepasse123 motdepasse1234 motdepasse12345 motdepassemotdepasse monmotdepasse unmotdepasse lemotdepasse
        administrateur administrator administrator1 adminadminadmin admin1234567 admin12345678 welcome12345 welcome123456
        bienvenue123 bienvenue1234 bienvenue2025 bienvenue2026 iloveyou1234 iloveyouiloveyou jetaimejetaime jetaime12345
        loulouloulou doudoudoudou chouchou1234 marseille1313 parissaintgermain correcthorsebatterystaple correctbatteryhorsestaple
        letmeinletmein changemechangeme changeme1234 abcdefghijkl abcdefghijklm abcdefghijklmnopqrstuvwxyz abcd12345678
        porteouverte porteouverte1 porteouverte12 porteouverte123 laissezlaporteouverte
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal
    );

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
    {
        var letters = Letters(password);
        var personal = new[] { user.Email, user.Email?.Split('@')[0], user.Name }
            .Select(Letters)
            .Any(p => p.Length >= FewestLetters && letters.Contains(p, StringComparison.Ordinal));
        return Task.FromResult(
            personal ? Refused(Personal)
            : MostUsual.Contains(letters) || letters.Distinct().Count() < FewestLetters ? Refused(Usual)
            : IdentityResult.Success
        );
    }

    private static IdentityResult Refused(string code) => IdentityResult.Failed(new IdentityError { Code = code });

    /// <summary>Letters and digits alone, without case or accents: « Été ! » and "ete" are the same to a guesser.</summary>
    private static string Letters(string? text) =>
        string.Concat(PlainLetters.Of(text ?? "").Where(char.IsLetterOrDigit));
}
