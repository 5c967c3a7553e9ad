using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.EditClient;

/// <summary>What somebody typed about a client, field by field.</summary>
/// <param name="Id">Null: a new one.</param>
/// <param name="Tags">Separated by commas.</param>
/// <param name="Version">Of the client that the form was filled from.</param>
public sealed record EditClient(
    Id<Client>? Id,
    string? Name,
    string? Siren,
    string? VatNumber,
    string? Address,
    string? ServiceLine,
    string? PaymentDays,
    bool PaymentEndOfMonth,
    string? Tags,
    bool IsCollective,
    long Version
)
{
    public const int MostTags = 20;

    /// <summary>What must be put right: a field and the key of the sentence that says how.</summary>
    public IEnumerable<(string Field, string Key)> Wrong()
    {
        if (CleanText.Line(Name) is not { Length: > 0 } name)
        {
            yield return (nameof(Name), "nameMissing");
        }
        else if (name.Length > Client.LongestName)
        {
            yield return (nameof(Name), "nameLong");
        }
        if (!string.IsNullOrWhiteSpace(Siren) && SirenRead is null)
        {
            yield return (nameof(Siren), "sirenWrong");
        }
        if (!string.IsNullOrWhiteSpace(VatNumber))
        {
            if (VatRead is not { Proof: not VatProof.Wrong } vat)
            {
                yield return (nameof(VatNumber), VatRead is null ? "vatUnread" : "vatWrong");
            }
            else if (SirenRead is { } siren && vat.Siren is { } of && of != siren)
            {
                yield return (nameof(VatNumber), "vatOfAnother");
            }
        }
        if (CleanText.Lines(Address).Length > Client.LongestAddress)
        {
            yield return (nameof(Address), "addressLong");
        }
        if (CleanText.Line(ServiceLine).Length > Client.LongestServiceLine)
        {
            yield return (nameof(ServiceLine), "serviceLineLong");
        }
        if (!string.IsNullOrWhiteSpace(PaymentDays) && Terms is null)
        {
            yield return (nameof(PaymentDays), "paymentWrong");
        }
        if (TagsRead.Count > MostTags || TagsRead.Any(t => t.Length > ClientTag.LongestTag))
        {
            yield return (nameof(Tags), "tagsLong");
        }
    }

    /// <summary>What is saved and yet worth a second look, as keys of sentences.</summary>
    public IEnumerable<string> Doubtful()
    {
        if (SirenFromSiret is not null)
        {
            yield return "siretKept";
        }
        if (VatRead is { Proof: VatProof.Unproven })
        {
            yield return "vatUnproven";
        }
    }

    internal Siren? SirenRead => Kernel.Siren.Read(Siren) ?? SirenFromSiret;

    internal VatNumber? VatRead => Kernel.VatNumber.Read(VatNumber);

    internal PaymentTerms? Terms =>
        int.TryParse(PaymentDays, CultureInfo.InvariantCulture, out var days)
        && new PaymentTerms(days, PaymentEndOfMonth) is { IsLawful: true } terms
            ? terms
            : null;

    /// <summary>Each once, whatever its case, in the order they were typed.</summary>
    internal IReadOnlyList<string> TagsRead =>
        [
            .. (Tags ?? "")
                .Split([',', ';', '\n'])
                .Select(t => CleanText.Line(t))
                .Where(t => t.Length > 0)
                .DistinctBy(PlainLetters.Of),
        ];

    private Siren? SirenFromSiret => Kernel.Siren.FromSiret(Siren);
}

/// <summary>A member adds a client, or changes what is known of one.</summary>
public sealed class EditClientHandler(AppDb db, ReckonFiguresHandler figures, AuditTrail audit, TimeProvider clock)
{
    private const int MostOffered = 100;

    /// <returns>Null where there is no such client to change.</returns>
    public async Task<(Client Client, IReadOnlyList<string> Tags)?> Find(
        Id<Client> id,
        CancellationToken cancellation
    ) =>
        await db.Clients.SingleOrDefaultAsync(
            c => c.Id == id && c.MergedInto == null && c.RemovedAt == null,
            cancellation
        )
            is { } client
            ? (client, [.. (await Tags(id, cancellation)).Select(t => t.Tag)])
            : null;

    /// <summary>The words that others were given, to choose from.</summary>
    public async Task<(IReadOnlyList<string> ServiceLines, IReadOnlyList<string> Tags)> Offered(
        CancellationToken cancellation
    ) =>
        (
            await db
                .Clients.Where(c => c.ServiceLine != null)
                .Select(c => c.ServiceLine!)
                .Distinct()
                .OrderBy(l => l)
                .Take(MostOffered)
                .ToListAsync(cancellation),
            await db
                .ClientTags.Select(t => t.Tag)
                .Distinct()
                .OrderBy(t => t)
                .Take(MostOffered)
                .ToListAsync(cancellation)
        );

    /// <summary>Saves what is right in every field.</summary>
    /// <exception cref="Refusal">Somebody else has saved meanwhile, or the client is gone.</exception>
    public async Task<Id<Client>> Handle(EditClient command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var client = command.Id is { } id
            ? (await Find(id, cancellation))?.Client ?? throw new Refusal(EditClientText.Current["gone"])
            : new Client(command.Name!, clock.GetUtcNow().UtcDateTime);
        if (command.Id is not null && client.Version != command.Version)
        {
            throw Overtaken();
        }
        var before = (client.Name, client.IsCollective, client.PaymentTerms);
        client.Describe(
            command.Name!,
            command.SirenRead,
            command.VatRead?.Text,
            command.Address,
            command.ServiceLine,
            command.Terms,
            command.IsCollective
        );
        var tagged = await Tag(client.Id, command.TagsRead, cancellation);
        if (command.Id is null)
        {
            db.Add(client);
            audit.Did("client.added", client.Id);
        }
        else
        {
            string[] columns = [.. db.Changed(client), .. tagged ? new[] { "tags" } : []];
            if (columns.Length == 0)
            {
                return client.Id;
            }
            // Whoever saves second over the same version is told, also when only the tags changed.
            db.Entry(client).Property(c => c.Name).IsModified = true;
            audit.Did("client.changed", client.Id, new { columns });
        }
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsTaken())
        {
            // Whoever asks again sees what the other has saved.
            db.ChangeTracker.Clear();
            throw Overtaken();
        }
        // What is late depends on the terms; a client without figures stands in no list; and whoever follows the figures names the client with them.
        if (command.Id is null || (client.Name, client.IsCollective, client.PaymentTerms) != before)
        {
            await figures.Handle([client.Id], cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return client.Id;
    }

    // Those that stay, stay: a tag has no more than its word.
    private async Task<bool> Tag(Id<Client> id, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        var before = await Tags(id, cancellation);
        ClientTag[] gone = [.. before.Where(t => !tags.Contains(t.Tag))];
        ClientTag[] added = [.. tags.Except(before.Select(t => t.Tag)).Select(t => new ClientTag(id, t))];
        db.RemoveRange(gone);
        db.AddRange(added);
        return gone.Length + added.Length > 0;
    }

    private Task<List<ClientTag>> Tags(Id<Client> id, CancellationToken cancellation) =>
        db.ClientTags.Where(t => t.ClientId == id).OrderBy(t => t.Tag).ToListAsync(cancellation);

    private static Refusal Overtaken() => new(EditClientText.Current["overtaken"]);
}
