using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Mail;

/// <summary>What becomes of a mail when anything may end at any moment.</summary>
public sealed class DeliveryTests
{
    private readonly TestClock clock = new();
    private readonly Life life = new();
    private readonly OtherSide other;

    public DeliveryTests() => other = new OtherSide(life);

    [Theory, BothDatabases]
    public async Task Wherever_the_process_dies_nothing_is_lost_in_silence_and_nothing_doubled(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var ends = new List<string>();
        for (var step = 1; ; step++)
        {
            other.Taken.Clear();
            var id = await house.Write(workspace, "paul@example.fr");
            life.EndAt(step);
            try
            {
                await house.Deliver(workspace);
            }
            catch (Killed) { }
            catch (DbUpdateException e) when (e.InnerException is Killed) { }
            var died = life.IsOver;
            life.Begin();
            // The next process, and every later round.
            for (var round = 0; round < 3; round++)
            {
                await house.Deliver(workspace);
                clock.Pass(TimeSpan.FromHours(4));
            }
            var mail = await house.Mail(workspace, id);
            mail.State.ShouldBeOneOf(MailState.Sent, MailState.Uncertain);
            other.Taken.Count.ShouldBeLessThanOrEqualTo(1, $"step {step}");
            if (mail.State == MailState.Sent)
            {
                other.Taken.ShouldBe([mail.MessageId]);
            }
            ends.Add($"{mail.State} {other.Taken.Count}");
            if (!died)
            {
                break;
            }
        }
        // Claim, bring, hand, give, answer, note: with each commit, before and after.
        ends.Count.ShouldBeGreaterThan(9);
        ends[0].ShouldBe("Sent 1");
        ends[^1].ShouldBe("Sent 1");
        ends.ShouldContain("Uncertain 0");
        ends.ShouldContain("Uncertain 1");
    }

    [Theory, BothDatabases]
    public async Task A_delivery_that_was_only_asleep_hands_nothing_over_when_it_wakes(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var id = await house.Write(workspace, "paul@example.fr");
        var asleep = new TaskCompletionSource();
        var wake = new TaskCompletionSource();
        other.BeforeHanding = async () =>
        {
            other.BeforeHanding = () => Task.CompletedTask;
            asleep.SetResult();
            await wake.Task;
        };
        var first = house.Deliver(workspace);
        await asleep.Task;
        await house.Deliver(workspace);
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Sent);
        wake.SetResult();
        await first;
        other.Taken.ShouldHaveSingleItem();
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Sent);
    }

    [Theory, BothDatabases]
    public async Task A_mail_goes_with_the_change_it_speaks_of_or_not_at_all(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                await using var transaction = await db.Database.BeginTransactionAsync(
                    TestContext.Current.CancellationToken
                );
                services.GetRequiredService<Outbox>().Add(new MailDraft(new Mailbox("a@example.fr"), "Un", "Un"));
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        (await house.Ask(workspace, db => db.Mails.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(0);
        (await house.Wakeups()).ShouldBe(0);
        await house.Write(workspace, "a@example.fr");
        (await house.Wakeups()).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task What_is_due_goes_in_order_and_each_workspace_for_itself(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var (others, _) = await house.NewWorkspace("Autre");
        List<Id<OutgoingMail>> ids = [];
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await house.Write(workspace, $"{i}@example.fr"));
            clock.Pass(TimeSpan.FromSeconds(1));
        }
        var elsewhere = await house.Write(others, "ailleurs@example.fr");
        var ours = await house.Write(Workspace.House, "mot-de-passe@example.fr");
        await house.Deliver(workspace);
        other.Taken.ShouldBe(ids.Select(id => $"<{id}@porte.example.fr>"));
        (await house.Mail(others, elsewhere)).State.ShouldBe(MailState.Queued);
        await house.Deliver(Workspace.House);
        (await house.Mail(Workspace.House, ours)).State.ShouldBe(MailState.Sent);
    }

    [Fact]
    public async Task A_mail_over_which_each_process_dies_waits_longer_and_longer()
    {
        await using var house = await Open("sqlite");
        var (workspace, _) = await house.NewWorkspace();
        var id = await house.Write(workspace, "paul@example.fr");
        other.BeforeHanding = life.End;
        var attempts = 0;
        for (var minute = 0; minute < 60; minute++)
        {
            life.Begin();
            try
            {
                await house.Deliver(workspace);
            }
            catch (Killed) { }
            clock.Pass(TimeSpan.FromMinutes(1));
            attempts = (await house.Mail(workspace, id)).Attempts;
        }
        attempts.ShouldBeInRange(4, 6);
        life.Begin();
    }

    [Fact]
    public async Task A_stopping_server_leaves_the_mail_for_the_next_one()
    {
        await using var house = await Open("sqlite");
        var (workspace, _) = await house.NewWorkspace();
        var id = await house.Write(workspace, "paul@example.fr");
        using var stop = new CancellationTokenSource();
        other.BeforeHanding = async () =>
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        };
        await Should.ThrowAsync<OperationCanceledException>(() =>
            house.In(workspace, async services => await services.GetRequiredService<MailDelivery>().Deliver(stop.Token))
        );
        other.BeforeHanding = () => Task.CompletedTask;
        await house.Deliver(workspace);
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Sent);
        other.Taken.ShouldHaveSingleItem();
    }

    private Task<House> Open(string database) =>
        House.Open(
            database,
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                services.Replace(ServiceDescriptor.Singleton<IMailTransport>(other));
                services.AddSingleton<IInterceptor>(life);
                services.AddSingleton<IInterceptor>(life.Commits);
            }
        );

    /// <summary>The life of a process, counted in steps; after its end nothing it does reaches the database or the other side.</summary>
    private sealed class Life : SaveChangesInterceptor
    {
        private int steps;
        private int last = int.MaxValue;

        public Life() => Commits = new AfterCommit(this);

        public AfterCommit Commits { get; }

        public bool IsOver { get; private set; }

        public void EndAt(int step) => (steps, last) = (0, step);

        public void Begin() => (IsOver, last) = (false, int.MaxValue);

        public Task End()
        {
            IsOver = true;
            throw new Killed();
        }

        public void Step()
        {
            IsOver |= ++steps >= last;
            if (IsOver)
            {
                throw new Killed();
            }
        }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            Step();
            return new(result);
        }

        public sealed class AfterCommit(Life life) : DbTransactionInterceptor
        {
            public override Task TransactionCommittedAsync(
                DbTransaction transaction,
                TransactionEndEventData eventData,
                CancellationToken cancellationToken = default
            )
            {
                life.Step();
                return Task.CompletedTask;
            }
        }
    }

    private sealed class Killed : Exception;

    /// <summary>Who takes the mails, and keeps what it took whatever becomes of the one who brought it.</summary>
    private sealed class OtherSide(Life life) : IMailTransport
    {
        public List<string> Taken { get; } = [];

        public Func<Task> BeforeHanding { get; set; } = () => Task.CompletedTask;

        public async Task<MailAnswer> Send(OutgoingMail mail, Func<Task> handing, CancellationToken cancellation)
        {
            life.Step();
            await BeforeHanding();
            await handing();
            life.Step();
            Taken.Add(mail.MessageId);
            life.Step();
            return new MailAnswer(MailVerdict.Taken, "");
        }
    }
}
