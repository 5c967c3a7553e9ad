using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Audit;

/// <summary>What the handlers of this scope did, in their own words. It is written with the next save, or not at all.</summary>
public sealed class AuditTrail
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly List<Deed> said = [];

    internal IReadOnlyList<Deed> Said => said;

    /// <param name="action">A code, noun and past participle: <c>client.merged</c>. The feature's texts say it in words under <c>did_client.merged</c>.</param>
    /// <param name="details">A small object: codes, ids, numbers and dates; never names or what people typed.</param>
    public void Did(string action, object? details = null) => said.Add(new Deed(action, null, null, Written(details)));

    /// <inheritdoc cref="Did(string, object?)"/>
    /// <param name="subject">What it was done to.</param>
    public void Did<T>(string action, Id<T> subject, object? details = null) =>
        said.Add(
            new Deed(
                action,
                JsonNamingPolicy.SnakeCaseLower.ConvertName(typeof(T).Name),
                subject.ToString(),
                Written(details)
            )
        );

    internal static string? Written(object? details) =>
        details is null ? null : JsonSerializer.Serialize(details, Json);

    internal void Clear() => said.Clear();
}

/// <summary>Something done, before it has its place in the chain.</summary>
internal sealed record Deed(string Action, string? SubjectKind, string? SubjectId, string? Details);
