using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.EditClient;

/// <summary>The form of a client as it is filled in.</summary>
public sealed class ClientInput
{
    public string? Name { get; set; }
    public string? Siren { get; set; }
    public string? VatNumber { get; set; }
    public string? Address { get; set; }
    public string? ServiceLine { get; set; }
    public string? PaymentDays { get; set; }
    public bool PaymentEndOfMonth { get; set; }
    public string? Tags { get; set; }
    public bool IsCollective { get; set; }
    public long Version { get; set; }

    internal static ClientInput Of(Client client, IReadOnlyList<string> tags) =>
        new()
        {
            Name = client.Name,
            Siren = client.Siren?.ToString(),
            VatNumber = client.VatNumber,
            Address = client.Address,
            ServiceLine = client.ServiceLine,
            PaymentDays = client.PaymentDays?.ToString(CultureInfo.InvariantCulture),
            PaymentEndOfMonth = client.PaymentEndOfMonth,
            Tags = string.Join(", ", tags),
            IsCollective = client.IsCollective,
            Version = client.Version,
        };

    internal EditClient Typed(Id<Client>? client) =>
        new(
            client,
            Name,
            Siren,
            VatNumber,
            Address,
            ServiceLine,
            PaymentDays,
            PaymentEndOfMonth,
            Tags,
            IsCollective,
            Version
        );

    /// <summary>What must be put right, said at its field.</summary>
    internal static Dictionary<string, string> Errors(EditClient typed)
    {
        var texts = EditClientText.Current;
        return typed.Wrong().ToDictionary(w => w.Field, w => texts[w.Key], StringComparer.Ordinal);
    }

    /// <summary>That it is saved, and what is worth a second look.</summary>
    internal static string Saved(EditClient typed)
    {
        var texts = EditClientText.Current;
        return string.Join(
            ' ',
            [texts[typed.Id is null ? "added" : "saved"], .. typed.Doubtful().Select(key => texts[key])]
        );
    }
}
