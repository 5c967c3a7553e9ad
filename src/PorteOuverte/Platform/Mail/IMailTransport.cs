namespace PorteOuverte.Platform.Mail;

public enum MailVerdict
{
    Taken,

    /// <summary>Not now; the same mail may be taken later.</summary>
    NotNow,

    /// <summary>Not this mail.</summary>
    Never,
}

/// <summary>What the other side said of a mail, in its own words.</summary>
public readonly record struct MailAnswer(MailVerdict Verdict, string Words);

/// <summary>The way a mail leaves the house.</summary>
public interface IMailTransport
{
    /// <summary>Brings one mail to the other side, and returns only what the other side said.</summary>
    /// <param name="handing">Awaited immediately before the first step that cannot be taken back. If it throws, the mail does not leave.</param>
    /// <param name="cancellation">Heeded until then; afterwards the answer is waited for.</param>
    /// <remarks>Any exception means: no answer. Before <paramref name="handing"/> the mail has not left; after it, nobody knows.</remarks>
    Task<MailAnswer> Send(OutgoingMail mail, Func<Task> handing, CancellationToken cancellation);
}
