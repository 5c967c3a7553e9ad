using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Diagnosis.ChooseCharges;

/// <param name="Variable">The accounts that follow the sales, by their first three digits.</param>
/// <param name="LeastMonths">With cash for fewer months one wants to be told.</param>
/// <param name="Version">The settings as they were read; 0 where there were none.</param>
public sealed record ChooseCharges(IReadOnlyCollection<string> Variable, int LeastMonths, long Version);

/// <summary>Which charges stay when a client leaves, and when to be told of the cash.</summary>
public sealed class ChooseChargesHandler(AppDb db, AuditTrail audit, MoneyChanges changes)
{
    public async Task<DiagnosisSettings> Find(CancellationToken cancellation) =>
        await db.DiagnosisSettings.SingleOrDefaultAsync(cancellation) ?? new DiagnosisSettings();

    /// <returns>False where somebody else changed them meanwhile.</returns>
    public async Task<bool> Handle(ChooseCharges command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var settings = await Find(cancellation);
        if (settings.Version != command.Version)
        {
            return false;
        }
        settings.VariableCharges = string.Join(',', command.Variable.Order(StringComparer.Ordinal));
        settings.LeastMonths = command.LeastMonths;
        if (db.Entry(settings).State == EntityState.Detached)
        {
            db.Add(settings);
        }
        audit.Did(
            "diagnosis.charges",
            details: new { variable = settings.VariableCharges, months = settings.LeastMonths }
        );
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            return false;
        }
        await changes.Tell(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
