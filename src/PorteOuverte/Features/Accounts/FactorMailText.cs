namespace PorteOuverte.Features.Accounts;

/// <summary>Marks the texts beside it, in the resx pair.</summary>
public sealed class FactorMailText
{
    private FactorMailText() { }
}
