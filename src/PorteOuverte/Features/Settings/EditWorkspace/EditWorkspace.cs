using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Settings.EditWorkspace;

/// <summary>What an owner typed, field by field.</summary>
/// <param name="Version">Of the workspace that the form was filled from.</param>
/// <param name="Hours">From and to of each day, Monday first; both empty: closed.</param>
public sealed record EditWorkspace(
    string? Name,
    string? Siren,
    string? Address,
    string? Language,
    string? Zone,
    HolidayRegion Region,
    int? Healthy,
    int? High,
    int? Danger,
    int? PaymentDays,
    bool PaymentEndOfMonth,
    IReadOnlyList<(string? From, string? To)> Hours,
    long Version
)
{
    public const int LongestName = 200;
    public const int LongestAddress = 500;

    /// <summary>What must be put right: a field and the key of the sentence that says how.</summary>
    public IEnumerable<(string Field, string Key)> Wrong()
    {
        if (CleanText.Line(Name) is not { Length: > 0 } name)
        {
            yield return (nameof(Name), "nameMissing");
        }
        else if (name.Length > LongestName)
        {
            yield return (nameof(Name), "tooLong");
        }
        if (!string.IsNullOrWhiteSpace(Siren) && Kernel.Siren.Read(Siren) is null)
        {
            yield return (nameof(Siren), "sirenWrong");
        }
        if (CleanText.Lines(Address).Length > LongestAddress)
        {
            yield return (nameof(Address), "tooLong");
        }
        if (!Zones.IsKnown(Zone))
        {
            yield return (nameof(Zone), "zoneWrong");
        }
        if (Thresholds.InPercent(Healthy ?? 0, High ?? 0, Danger ?? 0) is null)
        {
            yield return (nameof(Healthy), "thresholdsWrong");
        }
        if (!Terms.IsLawful)
        {
            yield return (nameof(PaymentDays), "paymentWrong");
        }
        if (WrongDays().Any() || Week is null)
        {
            yield return (nameof(Hours), "hoursWrong");
        }
    }

    /// <summary>The days, from 0 for Monday, that lack an hour or end before they begin.</summary>
    public IEnumerable<int> WrongDays() =>
        Hours
            .Select((hours, day) => (hours, day))
            .Where(d => !IsClosed(d.hours) && (Read(d.hours) is not { } read || read.From >= read.To))
            .Select(d => d.day);

    internal PaymentTerms Terms => new(PaymentDays ?? -1, PaymentEndOfMonth);

    internal WorkingWeek? Week => WorkingWeek.Of(Hours.Select(Read));

    private static bool IsClosed((string? From, string? To) hours) =>
        string.IsNullOrEmpty(hours.From) && string.IsNullOrEmpty(hours.To);

    private static WorkingHours? Read((string? From, string? To) hours) =>
        WorkingWeek.Time(hours.From) is { } from && WorkingWeek.Time(hours.To) is { } to
            ? new WorkingHours(from, to)
            : null;
}

/// <summary>The settings of the workspace: a manager reads them, an owner changes them.</summary>
public sealed class EditWorkspaceHandler(AppDb db, AuditTrail audit)
{
    public Task<Workspace> Find(CancellationToken cancellation) => db.Workspaces.SingleAsync(cancellation);

    /// <summary>Saves what is right in every field.</summary>
    /// <exception cref="Refusal">Somebody else has saved meanwhile.</exception>
    public async Task Handle(EditWorkspace command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var workspace = await Find(cancellation);
        if (workspace.Version != command.Version)
        {
            throw Overtaken();
        }
        var before = workspace.Name;
        workspace.Name = CleanText.Line(command.Name);
        workspace.Siren = Siren.Read(command.Siren);
        workspace.Address = CleanText.Lines(command.Address);
        workspace.Language = command.Language == "en" ? "en" : "fr";
        workspace.Zone = command.Zone!;
        workspace.HolidayRegion = command.Region;
        workspace.Weigh(command.Healthy!.Value, command.High!.Value, command.Danger!.Value);
        workspace.Agree(command.Terms);
        workspace.Work(command.Week!);
        var columns = db.Changed(workspace);
        if (columns.Count == 0)
        {
            return;
        }
        audit.Did("workspace.changed", workspace.Id, new { columns });
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Overtaken();
        }
        if (workspace.Name != before)
        {
            var id = workspace.Id;
            await db
                .Memberships.Where(m => m.WorkspaceId == id)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.WorkspaceName, workspace.Name), cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    private static Refusal Overtaken() => new(EditWorkspaceText.Current["overtaken"]);
}
