using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Mail;
using PorteOuverte.Tests.Schemas;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Nodes;

[Trait("Category", "Heavy")]
public sealed partial class TwoNodesTests
{
    private const int Mails = 1000;
    private const int Jobs = 50;
    private const int AtOnce = 6;

    [Fact]
    public async Task Killing_one_node_and_then_the_other_loses_no_click_no_mail_and_no_job()
    {
        await using var post = await MailServer.Start();
        // This house only makes the people and looks at the rows; the work is done by the two processes.
        await using var house = await House.Open("postgres", null, post.Settings);
        var (workspace, person) = await house.NewWorkspace();
        var nodes = new[] { await Node(house.Database, post), await Node(house.Database, post) };
        try
        {
            await using var proxy = new RoundRobin(nodes[0].Url, nodes[1].Url);
            using var claire = new Visitor(proxy.Url);
            claire.Http.DefaultRequestHeaders.ConnectionClose = true;
            using var signedIn = await claire.Submit(
                "/sign-in",
                "sign-in",
                ("In.Email", person.Email!),
                ("In.Password", House.Password)
            );
            signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);

            // Clicks go on all the while; each node dies once in the middle of them and comes back.
            var mails = new Clicks(claire, $"/e/{workspace}/settings/mail", "test-mail", Mails);
            var jobs = new Clicks(
                claire,
                $"/e/{workspace}/settings/jobs",
                $"/e/{workspace}/settings/jobs/prune-runs/run",
                Jobs
            );
            var clicking = Task.WhenAll(mails.All(AtOnce), jobs.All(1));
            for (var victim = 0; victim < 2; victim++)
            {
                var goal = Mails * (victim + 1) / 3;
                await Wait.Until(async () =>
                    mails.Answered >= goal && await Count(house, "mails", "state = 'Sent'") > goal / 8
                );
                await nodes[victim].Kill();
                nodes[victim].Dispose();
                nodes[victim] = await Node(house.Database, post);
                proxy.Nodes[victim] = nodes[victim].Url;
            }
            await clicking;

            var patience = TimeSpan.FromMinutes(4);
            await Wait.Until(
                async () => await Count(house, "job_runs", "state not in ('Done', 'Failed')") == 0,
                patience
            );
            await Wait.Until(
                async () => await Count(house, "mails", "state not in ('Sent', 'Uncertain')") == 0,
                patience
            );

            // Every answered click is there; one more for each that broke off may be, unanswered.
            (await Count(house, "mails", "true")).ShouldBeInRange(mails.Answered, mails.Answered + mails.Broken);
            (await Count(house, "job_runs", "state = 'Done'")).ShouldBeInRange(
                jobs.Answered,
                jobs.Answered + jobs.Broken
            );
            (await Count(house, "job_runs", "state = 'Failed'")).ShouldBe(0);
            mails.Answered.ShouldBe(Mails);
            jobs.Answered.ShouldBe(Jobs);
            // A run is taken up a second time only where its node died over it: four at once on each of two.
            (await Count(house, "job_runs", "attempts > 1")).ShouldBeLessThanOrEqualTo(8);

            // What was handed over when a node died is uncertain, one mail at most for each; everything else arrived, once.
            (await Count(house, "mails", "state = 'Uncertain'")).ShouldBeLessThanOrEqualTo(2);
            var arrived = post.Taken.Select(MessageId).ToList();
            arrived.Distinct(StringComparer.Ordinal).Count().ShouldBe(arrived.Count);
            var sent = await Ids(house, "Sent");
            sent.Except(arrived, StringComparer.Ordinal).ShouldBeEmpty();
            arrived
                .Except(sent, StringComparer.Ordinal)
                .Except(await Ids(house, "Uncertain"), StringComparer.Ordinal)
                .ShouldBeEmpty();

            using var look = PorteProcess.Start(Settings(house.Database, post, "look"), "audit", "verify");
            (await look.Ended()).ShouldBe(0, look.Output);
        }
        finally
        {
            foreach (var node in nodes)
            {
                node.Dispose();
            }
        }
    }

    private static Task<PorteProcess> Node(Database database, MailServer post) =>
        PorteProcess.Serve(Settings(database, post, Id<PorteProcess>.New().ToString()));

    private static Dictionary<string, string?> Settings(Database database, MailServer post, string folder)
    {
        var settings = post.Settings.ToDictionary(s => s.Key, s => (string?)s.Value, StringComparer.Ordinal);
        settings["Data"] = Path.Combine(database.Folder, folder);
        settings["Database"] = database.Connection;
        settings["DatabaseOwner"] = database.OwnerConnection;
        settings["PublicUrl"] = "https://porte.example.fr";
        return settings;
    }

    private static async Task<int> Count(House house, string table, string where) =>
        Convert.ToInt32(
            (await Rows(house, $"select count(*) from {table} where {where}"))[0][0],
            CultureInfo.InvariantCulture
        );

    private static async Task<HashSet<string>> Ids(House house, string state) =>
        [.. (await Rows(house, $"select message_id from mails where state = '{state}'")).Select(r => (string)r[0]!)];

    private static async Task<IReadOnlyList<object?[]>> Rows(House house, string sql)
    {
        await using DbConnection connection = await house.Database.OpenOwner(TestContext.Current.CancellationToken);
        return [.. await Catalogue.Rows(connection, sql)];
    }

    private static string MessageId(byte[] mail) =>
        MessageIds().Match(Encoding.UTF8.GetString(mail)).Groups["id"].Value.Trim();

    [GeneratedRegex(
        @"^Message-ID:\s*(?<id><[^>]*>)",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex MessageIds();

    /// <summary>Sends the same form again and again, and counts what was answered and what broke off.</summary>
    private sealed class Clicks(Visitor visitor, string page, string form, int goal)
    {
        private int answered;
        private int broken;
        private int begun;

        public int Answered => Volatile.Read(ref answered);

        public int Broken => Volatile.Read(ref broken);

        public Task All(int atOnce) => Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Click()));

        private async Task Click()
        {
            while (Interlocked.Increment(ref begun) <= goal)
            {
                while (true)
                {
                    try
                    {
                        using var answer = await visitor.Submit(page, form);
                        if (answer.StatusCode == HttpStatusCode.Redirect)
                        {
                            Interlocked.Increment(ref answered);
                            break;
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // The node died under the click, or nobody was there: a person would click again.
                    }
                    Interlocked.Increment(ref broken);
                }
            }
        }
    }
}
