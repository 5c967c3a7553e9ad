using System.Collections.Concurrent;
using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Audit;

/// <summary>A feature whose texts say in words what its handlers did: <c>did_client.merged</c> for an action, <c>kind_client</c> for what it was done to, <c>detail_role</c> for a detail.</summary>
public sealed record AuditTexts(Type Feature);

/// <summary>The codes of the trail, in the words of the features that wrote them. A code nobody knows any more is shown as it is.</summary>
public sealed class AuditWords(IEnumerable<AuditTexts> features)
{
    private readonly AuditTexts[] features = [.. features];
    private readonly ConcurrentDictionary<string, Texts[]> byLanguage = new(StringComparer.Ordinal);

    /// <summary>What was done, with a place <c>{0}</c> for who and <c>{1}</c> for what it was done to.</summary>
    public string Action(string code) => Find("did_" + code) ?? "{0} · " + code;

    public string Kind(string code) => Find("kind_" + code) ?? code;

    public string Detail(string code) => Find("detail_" + code) ?? code;

    /// <summary>Somebody did something: one sentence.</summary>
    public string Sentence(string action, string who, string? kind) =>
        string.Format(CultureInfo.InvariantCulture, Action(action), who, kind is null ? "" : Kind(kind));

    private string? Find(string key) =>
        byLanguage
            .GetOrAdd(
                CultureInfo.CurrentUICulture.Name,
                _ => [.. features.Select(f => new Texts(f.Feature, CultureInfo.CurrentUICulture))]
            )
            .Select(t => t[key])
            .FirstOrDefault(text => text != key);
}
