namespace PorteOuverte.Kernel;

/// <summary>The number of a French business: nine digits, of which the last proves the others (Luhn).</summary>
/// <remarks>La Poste's numbers that fail the proof are those of its places (SIRET); its SIREN passes it like any other.</remarks>
public readonly record struct Siren
{
    private const int Length = 9;
    private const int SiretLength = 14;

    private Siren(string digits) => Digits = digits;

    /// <summary>As it is stored: nine digits in a row.</summary>
    public string Digits { get; }

    /// <summary>Reads what people type: spaces of any kind between the digits, or none.</summary>
    public static Siren? Read(string? text)
    {
        var digits = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        return digits.Length == Length && digits.All(char.IsAsciiDigit) && IsProven(digits) ? new Siren(digits) : null;
    }

    /// <summary>The SIREN in the number of a place of business (SIRET): fourteen digits that begin with it.</summary>
    public static Siren? FromSiret(string? text)
    {
        var digits = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        return digits.Length == SiretLength && digits.All(char.IsAsciiDigit) ? Read(digits[..Length]) : null;
    }

    /// <summary>As people read it: 123 456 789, which no line breaks.</summary>
    public override string ToString() => Digits is null ? "" : $"{Digits[..3]}\u00A0{Digits[3..6]}\u00A0{Digits[6..]}";

    private static bool IsProven(string digits) =>
        digits.Reverse().Select((c, place) => Weighed(c - '0', twice: place % 2 == 1)).Sum() % 10 == 0;

    private static int Weighed(int digit, bool twice) =>
        !twice ? digit
        : digit < 5 ? digit * 2
        : (digit * 2) - 9;
}
