using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Mail;

/// <summary>Over the wire, to a real server, encrypted.</summary>
public sealed class SmtpTests
{
    private readonly TestClock clock = new();

    [Theory, BothDatabases]
    public async Task Put_off_once_it_goes_out_later_as_the_same_mail(string database)
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server, database);
        var (workspace, id) = await Written(house, "later@example.fr");
        var next = await house.Deliver(workspace);
        var waiting = await house.Mail(workspace, id);
        waiting.State.ShouldBe(MailState.Queued);
        waiting.LastError.ShouldBe("451 4.7.1 Greylisted, come back later");
        next.ShouldBe(waiting.NextAttemptAt);
        await house.Deliver(workspace);
        (await house.Mail(workspace, id)).Attempts.ShouldBe(1, "not before its time");
        clock.Pass(TimeSpan.FromMinutes(1));
        (await house.Deliver(workspace)).ShouldBeNull();
        var sent = await house.Mail(workspace, id);
        sent.State.ShouldBe(MailState.Sent);
        sent.SentAt.ShouldNotBeNull();
        sent.LastError.ShouldBeNull();
        Encoding.ASCII.GetString(server.Taken.ShouldHaveSingleItem()).ShouldContain(waiting.MessageId);
    }

    [Fact]
    public async Task What_the_server_took_is_what_was_written_to_the_byte()
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server);
        var (workspace, id) = await Written(house, "talkative@example.fr");
        await house.Deliver(workspace);
        var mail = await house.Mail(workspace, id);
        server.Taken.ShouldHaveSingleItem().ShouldBe(MimeText.Write(mail));
        Encoding.ASCII.GetString(server.Taken[0]).ShouldContain("\r\n.Une ligne");
    }

    [Theory]
    [InlineData("nobody", "550 5.1.1 No such mailbox here")]
    [InlineData("virus", "554 5.7.1 We do not like what it says")]
    public async Task Refused_for_good_it_is_shown_with_the_reason_and_not_tried_again(string to, string reason)
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server);
        var (workspace, id) = await Written(house, $"{to}@example.fr");
        (await house.Deliver(workspace)).ShouldBeNull();
        var mail = await house.Mail(workspace, id);
        mail.State.ShouldBe(MailState.Refused);
        mail.LastError.ShouldBe(reason);
        clock.Pass(TimeSpan.FromDays(1));
        await house.Deliver(workspace);
        (await house.Mail(workspace, id)).Attempts.ShouldBe(1);
        server.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Put_off_after_it_was_read_it_waits()
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server);
        var (workspace, id) = await Written(house, "full@example.fr");
        await house.Deliver(workspace);
        var mail = await house.Mail(workspace, id);
        mail.State.ShouldBe(MailState.Queued);
        mail.LastError.ShouldBe("452 4.2.2 Mailbox full");
    }

    [Fact]
    public async Task Cut_off_before_the_mail_is_given_it_is_tried_again()
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server);
        var (workspace, id) = await Written(house, "hangup@example.fr");
        await house.Deliver(workspace);
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Queued);
        clock.Pass(TimeSpan.FromMinutes(1));
        await house.Deliver(workspace);
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Sent);
        server.Taken.ShouldHaveSingleItem();
    }

    [Theory, BothDatabases]
    public async Task Cut_off_afterwards_it_is_uncertain_until_somebody_decides_and_goes_out_as_the_same_mail(
        string database
    )
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server, database);
        var (workspace, person) = await house.NewWorkspace();
        var id = await house.Write(workspace, "swallow@example.fr");
        (await house.Deliver(workspace)).ShouldBeNull();
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Uncertain);
        clock.Pass(TimeSpan.FromDays(1));
        (await house.Deliver(workspace)).ShouldBeNull();
        server.Swallowed.ShouldHaveSingleItem();
        server.Taken.ShouldBeEmpty();

        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/settings/mail/{id}";
        (await owner.Read(page)).ShouldContain("incertain");
        using var pressed = await owner.Submit(page, "decide-mail", ("In.Decision", "SendAgain"));
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Queued);
        await house.Deliver(workspace);
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Sent);
        server.Taken.ShouldHaveSingleItem().ShouldBe(server.Swallowed[0]);
    }

    [Fact]
    public async Task A_server_that_never_answers_for_a_mail_leaves_it_uncertain()
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server, "sqlite", ("Mail:Patience", "1"));
        var (workspace, id) = await Written(house, "silent@example.fr");
        await house.Deliver(workspace);
        var mail = await house.Mail(workspace, id);
        mail.State.ShouldBe(MailState.Uncertain);
        mail.LastError.ShouldBe("Le serveur n’a pas répondu à temps.");
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_gets_nothing()
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server, "sqlite", ("Mail:TrustedCertificate", ""));
        await GetsNothing(house, server, "certificat");
    }

    [Fact]
    public async Task A_certificate_of_another_name_gets_nothing_though_its_authority_is_trusted()
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server, "sqlite", ("Mail:Host", "127.0.0.1"));
        await GetsNothing(house, server, "certificat");
    }

    [Fact]
    public async Task A_server_that_does_not_encrypt_gets_nothing()
    {
        await using var server = await MailServer.Start("clear");
        await using var house = await Open(server);
        await GetsNothing(house, server, "STARTTLS");
    }

    [Fact]
    public async Task A_server_that_is_away_gets_it_when_it_is_back()
    {
        await using var server = await MailServer.Start();
        await using var house = await Open(server, "sqlite", ("Mail:Port", "1"));
        await GetsNothing(house, server, "localhost:1");
    }

    [Theory]
    [InlineData("auth")]
    [InlineData("auth", "login")]
    [InlineData("auth", "tls")]
    public async Task The_password_opens_the_server(params string[] options)
    {
        await using var server = await MailServer.Start(options);
        await using var house = await Open(
            server,
            "sqlite",
            ("Mail:User", "claire"),
            ("Mail:Password", "clé sûre"),
            ("Mail:Security", options.Contains("tls") ? "tls" : "starttls")
        );
        var (workspace, id) = await Written(house, "paul@example.fr");
        await house.Deliver(workspace);
        var mail = await house.Mail(workspace, id);
        mail.State.ShouldBe(MailState.Sent, mail.LastError);
        server.Taken.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_wrong_password_is_a_fault_of_the_settings_and_the_mail_waits()
    {
        await using var server = await MailServer.Start("auth");
        await using var house = await Open(server, "sqlite", ("Mail:User", "claire"), ("Mail:Password", "perdue-2026"));
        var error = await GetsNothing(house, server, "identifiant claire");
        error.ShouldContain("535");
        error.ShouldNotContain("perdue-2026");
    }

    private Task<House> Open(MailServer server, string database = "sqlite", params (string, string)[] settings) =>
        House.Open(
            database,
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)),
            [.. server.Settings, .. settings]
        );

    private static async Task<(Id<Workspace>, Id<OutgoingMail>)> Written(House house, string to)
    {
        var (workspace, _) = await house.NewWorkspace();
        return (workspace, await house.Write(workspace, to));
    }

    private static async Task<string> GetsNothing(House house, MailServer server, string because)
    {
        var (workspace, id) = await Written(house, "paul@example.fr");
        var next = await house.Deliver(workspace);
        next.ShouldBe((await house.Mail(workspace, id)).NextAttemptAt);
        var mail = await house.Mail(workspace, id);
        mail.State.ShouldBe(MailState.Queued);
        mail.LastError.ShouldNotBeNull().ShouldContain(because);
        server.Taken.ShouldBeEmpty();
        return mail.LastError!;
    }
}
