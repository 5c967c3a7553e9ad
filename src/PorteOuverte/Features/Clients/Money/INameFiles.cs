namespace PorteOuverte.Features.Clients.Money;

/// <summary>Whoever keeps the files that entries come from says how they are called. The clients know no files.</summary>
public interface INameFiles
{
    Task<IReadOnlyDictionary<Guid, string>> Names(IReadOnlyCollection<Guid> files, CancellationToken cancellation);
}
