using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Clients.Demo;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Demo;

/// <summary>What the story leaves behind in the data.</summary>
public sealed class StoryTests(StoryTests.Told told) : IClassFixture<StoryTests.Told>
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Told_again_on_the_same_day_it_is_the_same_story(string database)
    {
        await using var anew = await Told.In(database);
        var (first, again) = (await Left(told), await Left(anew));
        again.Figures.ShouldBe(first.Figures);
        again.Counts.ShouldBe(first.Counts);
        again.Notes.ShouldBe(first.Notes);
    }

    [Fact]
    public async Task Every_feature_has_something_in_it() => (await Left(told)).Counts.ShouldAllBe(count => count > 0);

    [Fact]
    public async Task Forty_clients_are_shown_and_one_of_them_is_put_away() =>
        await Ask(async db =>
        {
            var clients = await db.Clients.ToListAsync(Stop);
            clients.Count(c => c.IsShown).ShouldBe(Cast.All.Count);
            Cast.All.Count.ShouldBe(40);
            clients.Count(c => c.MergedInto is not null).ShouldBe(2);
            clients.Count(c => c.ArchivedAt is not null).ShouldBe(1);
            clients.Where(c => c.IsShown).ShouldAllBe(c => c.IsTouched && c.Siren != null);
            clients.Select(c => c.Siren).OfType<Siren>().Distinct().Count().ShouldBe(40);
        });

    [Fact]
    public async Task The_mail_is_kept_when_it_has_come() =>
        await Ask(async db =>
        {
            var leaving = await db
                .ClientCodes.Where(c => c.Code == Cast.Leaving)
                .Select(c => c.ClientId)
                .SingleAsync(Stop);
            var said = await db
                .ClientNotes.Where(n => n.ClientId == leaving && n.Text.Contains("mail"))
                .MinAsync(n => n.WrittenAt, Stop);
            var kept = await db
                .ClientFiles.Where(f => f.ClientId == leaving && f.Name.StartsWith("Mail"))
                .SingleAsync(Stop);
            (kept.AddedAt - said).TotalMinutes.ShouldBe(3, 1);
        });

    [Fact]
    public async Task The_newer_books_took_the_place_of_the_older_and_a_table_waits() =>
        await Ask(async db =>
        {
            var files = await db.ImportedFiles.ToListAsync(Stop);
            files.Count(f => f.ReplacedBy is not null).ShouldBe(1);
            files.ShouldAllBe(f => f.Rejected == 0);
            files.Select(f => f.Kind).Distinct().Count().ShouldBe(3);
            (await db.Imports.CountAsync(i => i.State == ImportState.Mapping, Stop)).ShouldBe(1);
            (await db.JobRuns.ToListAsync(Stop)).ShouldAllBe(r => r.State == Platform.Jobs.JobState.Done);
        });

    [Fact]
    public async Task One_client_has_just_given_notice_and_another_is_to_be_renewed_soon() =>
        await Ask(async db =>
        {
            var leaving = await db.ClientCodes.SingleAsync(c => c.Code == Cast.Leaving, Stop);
            var ending = await db.Engagements.SingleAsync(e => e.ClientId == leaving.ClientId, Stop);
            (ending.End, ending.RenewalMonths, ending.NoticeMonths).ShouldBe((new DateOnly(2027, 1, 22), null, 2));
            (await db.ClientNotes.CountAsync(n => n.ClientId == leaving.ClientId, Stop)).ShouldBeGreaterThan(3);
            var next = await db.Engagements.MinAsync(e => e.NoticeBy, Stop);
            next.ShouldBe(Today.AddDays(12));
            ending.NoticeBy.ShouldBeNull();
            (await db.Engagements.Select(e => e.Kind).Distinct().CountAsync(Stop)).ShouldBe(4);
        });

    [Fact]
    public async Task Nothing_happens_after_midnight() =>
        await Ask(async db =>
        {
            var midnight = Today.ToDateTime(TimeOnly.MinValue);
            (await db.ClientNotes.MaxAsync(n => n.WrittenAt, Stop)).ShouldBeLessThan(midnight);
            (await db.Set<OutgoingMail>().MaxAsync(m => m.CreatedAt, Stop)).ShouldBeLessThan(midnight);
            (await db.JobRuns.MaxAsync(r => r.CreatedAt, Stop)).ShouldBeLessThan(midnight);
            (await db.CurrentEntries.MaxAsync(e => e.BookedOn, Stop)).ShouldBe(Today.AddDays(-1));
        });

    [Fact]
    public void Every_number_and_name_is_one_that_nobody_has()
    {
        foreach (var client in Cast.All)
        {
            client.Siren.Digits.ShouldStartWith("0000");
            client.Domain.ShouldEndWith(".example");
        }
    }

    private Task Ask(Func<AppDb, Task> question) => told.House.In(told.Workspace, question);

    private static Task<Traces> Left(Told told) =>
        told.House.Ask(
            told.Workspace,
            async db =>
            {
                var figures = await db
                    .ClientFigures.Join(db.Clients, f => f.ClientId, c => c.Id, (f, c) => new { c.Name, Figures = f })
                    .ToListAsync(Stop);
                return new Traces(
                    [
                        .. figures
                            .Select(f =>
                                FormattableString.Invariant(
                                    $"{f.Name} {f.Figures.AsOf:O} {f.Figures.RevenueTwelveMonths} {f.Figures.RevenueYearBefore} {f.Figures.Balance} {f.Figures.MedianDelay} {f.Figures.UsualInterval} {f.Figures.LastInvoice:O}"
                                )
                            )
                            .Order(StringComparer.Ordinal),
                    ],
                    [
                        await db.Contacts.CountAsync(Stop),
                        await db.Engagements.CountAsync(Stop),
                        await db.ClientHours.CountAsync(Stop),
                        await db.ClientNotes.CountAsync(Stop),
                        await db.ClientFiles.CountAsync(Stop),
                        await db.ClientTags.CountAsync(Stop),
                        await db.Entries.CountAsync(Stop),
                        await db.Imports.CountAsync(Stop),
                        await db.Set<OutgoingMail>().CountAsync(Stop),
                        await db.JobRuns.CountAsync(Stop),
                        await db.Memberships.CountAsync(m => m.WorkspaceId == db.Workspace, Stop),
                    ],
                    [
                        .. (await db.ClientNotes.ToListAsync(Stop))
                            .Select(n => FormattableString.Invariant($"{n.WrittenAt:O} {n.Text}"))
                            .Order(StringComparer.Ordinal),
                    ]
                );
            }
        );

    private sealed record Traces(IReadOnlyList<string> Figures, IReadOnlyList<int> Counts, IReadOnlyList<string> Notes);

    /// <summary>The story, told once for all who only read in it.</summary>
    public sealed class Told : IAsyncLifetime
    {
        public House House { get; private set; } = null!;

        public Id<Workspace> Workspace { get; private set; }

        public ValueTask InitializeAsync() => Tell("sqlite");

        public ValueTask DisposeAsync() => House.DisposeAsync();

        internal static async Task<Told> In(string database)
        {
            var told = new Told();
            await told.Tell(database);
            return told;
        }

        private async ValueTask Tell(string database)
        {
            House = await House.Open(database, DemoStage.Services);
            Workspace = (await DemoStage.Play(House.Services, Today, Stop)).Workspace!.Value;
        }
    }
}
