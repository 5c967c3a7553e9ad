using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Mail;

public enum MailState
{
    /// <summary>Waits for its turn, the first or the next.</summary>
    Queued,

    /// <summary>Being brought; nothing of it can have arrived yet.</summary>
    Sending,

    /// <summary>Being handed over: whoever is cut off here cannot know whether it arrived.</summary>
    Handing,

    /// <summary>The other side has taken it.</summary>
    Sent,

    /// <summary>The other side will not have it, or was not reached in three days.</summary>
    Refused,

    /// <summary>Cut off while it was handed over. A person decides; nothing is sent again by itself.</summary>
    Uncertain,

    /// <summary>Withdrawn before it left.</summary>
    Cancelled,
}

/// <summary>A mail of the outbox, and what may become of it.</summary>
public sealed class OutgoingMail
{
    // After the first: 1, 5, 15, 60 and 240 minutes, then every four hours; three days in all.
    private static readonly TimeSpan[] Waits =
    [
        .. new[] { 1, 5, 15, 60, 240 }.Concat(Enumerable.Repeat(240, 16)).Select(m => TimeSpan.FromMinutes(m)),
    ];

    private OutgoingMail() { }

    internal OutgoingMail(Mailbox from, Mailbox to, string host, DateTime now)
    {
        Id = Id<OutgoingMail>.New();
        MessageId = $"<{Id}@{host}>";
        (FromName, FromAddress) = (from.Name, from.Address);
        (ToName, ToAddress) = (to.Name, to.Address);
        CreatedAt = NextAttemptAt = now;
    }

    public Id<OutgoingMail> Id { get; private init; }

    /// <summary>The same at each attempt, for ever: a reader's program shows twice the same only once.</summary>
    public string MessageId { get; private init; } = "";

    public string? FromName { get; private init; }
    public string FromAddress { get; private init; } = "";
    public string? ToName { get; private init; }
    public string ToAddress { get; private init; } = "";
    public string? ReplyTo { get; internal init; }
    public string Subject { get; internal init; } = "";
    public string Text { get; internal set; } = "";
    public string? Html { get; internal set; }

    /// <summary>Holds a key meant for its reader alone.</summary>
    public bool Confidential { get; internal init; }

    public MailState State { get; private set; }

    /// <summary>How often it was tried since it was put into the outbox, or since a person asked again.</summary>
    public int Attempts { get; private set; }

    public DateTime NextAttemptAt { get; private set; }

    /// <summary>Why it has not arrived, in the words of the other side where it had any.</summary>
    public string? LastError { get; private set; }

    public DateTime CreatedAt { get; private init; }
    public DateTime? SentAt { get; private set; }
    public long Version { get; private set; }

    internal void Claim()
    {
        Move(MailState.Sending, MailState.Queued);
        Attempts++;
    }

    internal void Hand() => Move(MailState.Handing, MailState.Sending);

    internal void Arrive(DateTime now)
    {
        Move(MailState.Sent, MailState.Handing);
        Close(now);
    }

    internal void Refuse(string reason)
    {
        Move(MailState.Refused, MailState.Sending, MailState.Handing);
        LastError = reason;
        Empty();
    }

    /// <summary>It certainly has not arrived: tried again later, and given up in the end.</summary>
    internal void Wait(string reason, DateTime now)
    {
        if (Attempts > Waits.Length)
        {
            Refuse(reason);
            return;
        }
        Move(MailState.Queued, MailState.Sending, MailState.Handing);
        (LastError, NextAttemptAt) = (reason, now + Waits[Attempts - 1]);
    }

    internal void Doubt(string? reason)
    {
        Move(MailState.Uncertain, MailState.Handing);
        LastError = reason;
    }

    /// <summary>The process died before anything could arrive. Once is an accident; a mail over which each process dies waits longer and longer.</summary>
    internal void PutBack(DateTime now)
    {
        Move(MailState.Queued, MailState.Sending);
        NextAttemptAt = Attempts <= 1 ? now : now + Waits[Math.Min(Attempts, Waits.Length) - 1];
    }

    /// <summary>A person wants it to be sent again, knowing that an uncertain one may arrive twice.</summary>
    public void SendAgain(DateTime now)
    {
        if (Confidential && State == MailState.Refused)
        {
            throw new Refusal(MailText.Current["emptied"]);
        }
        Move(MailState.Queued, MailState.Uncertain, MailState.Refused);
        (Attempts, NextAttemptAt, LastError) = (0, now, null);
    }

    /// <summary>A person knows that it arrived.</summary>
    public void ConfirmArrival(DateTime now)
    {
        Move(MailState.Sent, MailState.Uncertain);
        Close(now);
    }

    public void Cancel()
    {
        Move(MailState.Cancelled, MailState.Queued);
        Empty();
    }

    private void Close(DateTime now)
    {
        (SentAt, LastError) = (now, null);
        Empty();
    }

    // Nothing more comes of it: the key it held is kept for nobody.
    private void Empty()
    {
        if (Confidential)
        {
            (Text, Html) = ("", null);
        }
    }

    private void Move(MailState to, params ReadOnlySpan<MailState> from)
    {
        if (!from.Contains(State))
        {
            throw new Refusal(MailText.Current["movedOn"]);
        }
        State = to;
    }
}
