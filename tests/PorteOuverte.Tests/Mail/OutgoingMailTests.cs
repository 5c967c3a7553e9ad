using Microsoft.Extensions.Configuration;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Mail;

namespace PorteOuverte.Tests.Mail;

public sealed class OutgoingMailTests
{
    private DateTime now = new(2026, 11, 22, 14, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void It_is_tried_for_three_days_with_longer_and_longer_waits_and_then_given_up()
    {
        var mail = New();
        var waits = new List<int>();
        while (mail.State == MailState.Queued)
        {
            mail.Claim();
            mail.Wait("451 later", now);
            if (mail.State == MailState.Queued)
            {
                waits.Add((int)(mail.NextAttemptAt - now).TotalMinutes);
                now = mail.NextAttemptAt;
            }
        }
        waits.Take(7).ShouldBe([1, 5, 15, 60, 240, 240, 240]);
        waits.Sum().ShouldBeInRange(60 * 68, 60 * 72);
        mail.State.ShouldBe(MailState.Refused);
        mail.LastError.ShouldBe("451 later");
    }

    [Fact]
    public void Asked_for_again_it_has_all_its_tries_again()
    {
        var mail = New();
        mail.Claim();
        mail.Refuse("550 no");
        mail.SendAgain(now);
        mail.Attempts.ShouldBe(0);
        mail.NextAttemptAt.ShouldBe(now);
        mail.LastError.ShouldBeNull();
    }

    [Fact]
    public void A_key_for_its_reader_alone_is_erased_once_nothing_more_comes_of_it()
    {
        var (cancelled, refused, uncertain) = (Secret(), Secret(), Secret());
        cancelled.Cancel();
        cancelled.Text.ShouldBeEmpty();

        refused.Claim();
        refused.Refuse("550 no");
        refused.Text.ShouldBeEmpty();
        // There is nothing left to send.
        Should.Throw<Refusal>(() => refused.SendAgain(now));
        refused.State.ShouldBe(MailState.Refused);

        uncertain.Claim();
        uncertain.Hand();
        uncertain.Doubt("cut off");
        uncertain.Text.ShouldNotBeEmpty();
        uncertain.ConfirmArrival(now);
        uncertain.Text.ShouldBeEmpty();

        OutgoingMail Secret() =>
            new(new Mailbox("a@example.fr"), new Mailbox("b@example.fr"), "x", now)
            {
                Text = "https://porte.example.fr/reset?code=x",
                Confidential = true,
            };
    }

    [Fact]
    public void What_has_left_is_neither_cancelled_nor_sent_again()
    {
        var mail = New();
        mail.Claim();
        Should.Throw<Refusal>(mail.Cancel);
        mail.Hand();
        mail.Arrive(now);
        Should.Throw<Refusal>(mail.Cancel);
        Should.Throw<Refusal>(() => mail.SendAgain(now));
        Should.Throw<Refusal>(() => mail.ConfirmArrival(now));
    }

    [Theory]
    [InlineData("paul@example.fr", "paul@example.fr")]
    [InlineData(" paul@example.fr ", "paul@example.fr")]
    [InlineData("Paul.O'Neil+porte@Example.FR", "Paul.O'Neil+porte@example.fr")]
    [InlineData("paul@société.fr", "paul@xn--socit-esab.fr")]
    [InlineData("root@localhost", "root@localhost")]
    public void An_address_is_kept_as_it_travels(string typed, string kept) =>
        new Mailbox(typed).Address.ShouldBe(kept);

    [Theory]
    [InlineData("paul")]
    [InlineData("@example.fr")]
    [InlineData("paul@")]
    [InlineData("paul@example..fr")]
    [InlineData("paul@-example.fr")]
    [InlineData("paul@exa mple.fr")]
    [InlineData("paul martin@example.fr")]
    [InlineData(".paul@example.fr")]
    [InlineData("paul>@example.fr")]
    [InlineData("hélène@example.fr")]
    [InlineData("paul@example.fr\r\nBcc: all@example.fr")]
    [InlineData("paul\n@example.fr")]
    [InlineData("a@b.fr, c@d.fr")]
    [InlineData("paul@example.fr> SIZE=1 <x@y.fr")]
    public void What_is_no_address_is_refused(string typed) => Should.Throw<Refusal>(() => new Mailbox(typed));

    [Theory]
    [InlineData("Paul\r\nBcc: all@example.fr")]
    [InlineData("Paul\nX")]
    [InlineData("Paul\rX")]
    [InlineData("Paul\0X")]
    [InlineData("Paul\u2028X")]
    public void A_name_cannot_begin_another_header(string name) =>
        Should.Throw<Refusal>(() => new Mailbox("paul@example.fr", name));

    [Theory]
    [InlineData("Transport=smtp;From=a@example.fr", "Mail:Host")]
    [InlineData("Transport=smtp;Host=smtp.example.fr", "Mail:From")]
    [InlineData("Transport=pigeon", "pigeon")]
    [InlineData("Transport=smtp;Host=smtp.example.fr;From=a@example.fr;Security=none", "Mail:Unencrypted")]
    [InlineData("Transport=smtp;Host=localhost;From=a@example.fr;Security=none;User=a;Password=b", "Mail:User")]
    [InlineData("Transport=smtp;Host=smtp.example.fr;From=a@example.fr;Port=0", "Mail:Port")]
    [InlineData("Transport=smtp;Host=smtp.example.fr;From=a@example.fr;TrustedCertificate=/none.pem", "/none.pem")]
    public void Settings_that_cannot_be_are_refused_at_the_start(string settings, string named) =>
        Should.Throw<Refusal>(() => Settings(settings)).Message.ShouldContain(named);

    [Theory]
    [InlineData("Transport=smtp;Host=smtp.example.fr;From=a@example.fr", 587)]
    [InlineData("Transport=smtp;Host=smtp.example.fr;From=a@example.fr;Security=tls", 465)]
    [InlineData("Transport=smtp;Host=127.0.0.1;From=a@example.fr;Security=none", 25)]
    [InlineData("Transport=smtp;Host=smtp.example.fr;From=a@example.fr;Security=none;Unencrypted=accepted", 25)]
    public void The_port_follows_the_security(string settings, int port) => Settings(settings).Port.ShouldBe(port);

    [Fact]
    public void Without_settings_mails_are_put_into_a_folder()
    {
        var settings = Settings("");
        settings.Way.ShouldBe(MailWay.Pickup);
        settings.Folder.ShouldBe("/data/mail");
        settings.From.ToString().ShouldBe("Porte Ouverte <porte@porte.example.fr>");
    }

    private static MailSettings Settings(string text) =>
        MailSettings.Of(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    text.Split(';', StringSplitOptions.RemoveEmptyEntries)
                        .Select(s => s.Split('=', 2))
                        .Select(s => KeyValuePair.Create("Mail:" + s[0], (string?)s[1]))
                )
                .Build(),
            new Uri("https://porte.example.fr"),
            "/data"
        );

    private OutgoingMail New() =>
        new(new Mailbox("a@example.fr"), new Mailbox("b@example.fr"), "porte.example.fr", now);
}
