namespace PorteOuverte.Kernel;

/// <summary>Whether a number can be what it says.</summary>
public enum VatProof
{
    Right,
    Wrong,

    /// <summary>Of another country, or with letters for a key: only its register could tell.</summary>
    Unproven,
}

/// <summary>The number by which a business is known for VAT: the letters of its country, then up to twelve of its own.</summary>
/// <remarks>A French one is a key of two characters and the SIREN; the key of digits is (12 + 3 × (SIREN mod 97)) mod 97.</remarks>
public readonly record struct VatNumber
{
    private const string French = "FR";
    private const int FrenchLength = 13;
    private const int SirenAt = 4;
    private const int Shortest = 4;
    private const int Longest = 14;

    private VatNumber(string text) => Text = text;

    /// <summary>As it is stored: capitals and digits in a row.</summary>
    public string Text { get; }

    /// <summary>Reads what people type: in any case, with spaces, dots and hyphens or without.</summary>
    public static VatNumber? Read(string? text)
    {
        var given = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-')))
            .ToUpperInvariant();
        return
            given.Length is >= Shortest and <= Longest
            && given.All(char.IsAsciiLetterOrDigit)
            && char.IsAsciiLetter(given[0])
            && char.IsAsciiLetter(given[1])
            ? new VatNumber(given)
            : null;
    }

    public static VatNumber Of(Siren siren) => new($"{French}{Key(siren.Digits):00}{siren.Digits}");

    /// <summary>The SIREN in a French number; null where there is none.</summary>
    public Siren? Siren => IsFrench && Text.Length == FrenchLength ? Kernel.Siren.Read(Text[SirenAt..]) : null;

    public VatProof Proof =>
        !IsFrench ? VatProof.Unproven
        : Text.Length != FrenchLength || !Text[SirenAt..].All(char.IsAsciiDigit) ? VatProof.Wrong
        : !Text[2..SirenAt].All(char.IsAsciiDigit) ? VatProof.Unproven
        : Text[2..SirenAt] == $"{Key(Text[SirenAt..]):00}" ? VatProof.Right
        : VatProof.Wrong;

    public override string ToString() => Text ?? "";

    private bool IsFrench => Text.StartsWith(French, StringComparison.Ordinal);

    private static int Key(string siren)
    {
        var rest = siren.Aggregate(0, (sum, digit) => ((sum * 10) + digit - '0') % 97);
        return (12 + (3 * rest)) % 97;
    }
}
