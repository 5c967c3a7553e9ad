using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>The names that people give: their own, the one of a workspace.</summary>
internal static class Names
{
    public const int Longest = Person.LongestName;

    /// <summary>What to put right in a name that was typed; null: nothing.</summary>
    /// <param name="missing">What to say when there is none.</param>
    public static string? Wrong(string? typed, string missing) =>
        CleanText.Line(typed).Length switch
        {
            0 => missing,
            > Longest => MembersText.Current.Format("tooLong", MembersText.Current.Figures.Number((decimal)Longest)),
            _ => null,
        };
}
