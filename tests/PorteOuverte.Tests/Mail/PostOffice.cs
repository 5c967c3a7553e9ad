using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Support;
using Quartz;

namespace PorteOuverte.Tests.Mail;

/// <summary>What the tests do with mails: write, deliver, look.</summary>
internal static class PostOffice
{
    /// <summary>How many workspaces wait for their mails to be delivered.</summary>
    public static async Task<int> Wakeups(this House house)
    {
        var scheduler = await house
            .Services.GetRequiredService<ISchedulerFactory>()
            .GetScheduler(TestContext.Current.CancellationToken);
        var waiting = await scheduler.GetTriggerKeys(
            GroupMatcher<TriggerKey>.GroupEquals("deliver-mail"),
            TestContext.Current.CancellationToken
        );
        return waiting.Count;
    }

    public static async Task<Id<OutgoingMail>> Write(
        this House house,
        Id<Workspace> workspace,
        string to,
        string subject = "Merci pour ces trois années"
    )
    {
        Id<OutgoingMail> id = default;
        await house.In(
            workspace,
            async services =>
            {
                id = services
                    .GetRequiredService<Outbox>()
                    .Add(new MailDraft(new Mailbox(to), subject, "Bonjour,\n\n.Une ligne qui commence par un point.\n"))
                    .Id;
                await services.GetRequiredService<AppDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        return id;
    }

    /// <summary>A delivery in a scope of its own, as a job would do it.</summary>
    public static async Task<DateTime?> Deliver(this House house, Id<Workspace> workspace)
    {
        DateTime? next = null;
        await house.In(
            workspace,
            async services =>
                next = await services.GetRequiredService<MailDelivery>().Deliver(TestContext.Current.CancellationToken)
        );
        return next;
    }

    public static Task<OutgoingMail> Mail(this House house, Id<Workspace> workspace, Id<OutgoingMail> id) =>
        house.Ask(
            workspace,
            db => db.Mails.AsNoTracking().SingleAsync(m => m.Id == id, TestContext.Current.CancellationToken)
        );
}

/// <summary>A clock that goes on only when told to; it begins now.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => now;

    public void Pass(TimeSpan time) => now += time;
}
