using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Platform.Mail;

/// <summary>The errand that empties the outbox of a workspace, and comes again when the next mail is due.</summary>
internal sealed class DeliverMail(MailDelivery delivery) : IErrand
{
    public const string Name = "deliver-mail";

    public Task<DateTime?> Run(ErrandCall call, CancellationToken stop) => delivery.Deliver(stop);
}
