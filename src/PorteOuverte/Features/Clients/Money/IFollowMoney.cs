namespace PorteOuverte.Features.Clients.Money;

/// <summary>Who wants to know when the figures of clients change, whichever feature changed them.</summary>
public interface IFollowMoney
{
    /// <summary>Called within the change: what it saves takes effect with it.</summary>
    Task Changed(CancellationToken cancellation);
}
