namespace PorteOuverte.Features.Settings.VerifyAudit;

/// <summary>Marks the texts of the verb, in the resx pair beside it.</summary>
public sealed class VerifyAuditText
{
    private VerifyAuditText() { }
}
