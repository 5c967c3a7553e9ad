using PorteOuverte.Platform.Mail;

namespace PorteOuverte.Tests.Mail;

/// <summary>The mail as it travels, read back by a strict reader that is not ours (Python's).</summary>
public sealed class MimeTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 14, 30, 5, DateTimeKind.Utc);

    public static TheoryData<string, string, string> Odd =>
        new()
        {
            { "Aubry", "Simple", "Bonjour." },
            { "Zoë d’Été", "Réponse à votre courrier : « merci » 1 234,56 €", "Où êtes-vous ?\n\nÀ bientôt." },
            { "👩‍🔧 Atelier", "🚪 La porte reste ouverte 🚪 👩‍👩‍👧‍👦", "Un mot 🎉👩‍👩‍👧‍👦 et rien d’autre." },
            { "Aubry, Claire \"la\" \\ (ici)", "Plain =?utf-8?Q?not_a_word?= text", "=3D is no sign\n= alone\n=" },
            { "a", ".", ".\n..\n.a\n\n.\n" },
            { "b", "From here", "From here\nFrom: x\nSubject: none" },
            { "c", new string('x', 1200), new string('y', 5000) },
            { "d", string.Concat(Enumerable.Repeat("éàü ", 300)), string.Concat(Enumerable.Repeat("ç", 3000)) },
            { new string('n', 300), "mots courts " + new string('z', 90), "fin avec espaces   \net tab\t\n  début" },
            { "e", "tabs", "\ta\tb\t\n\u00a0insécable\u202f; \u2028ligne\u2029" },
            { "f", "retours", "un\rdeux\r\ntrois\nquatre\n\n\n\ncinq" },
        };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_strict_reader_finds_what_was_written(string name, string subject, string text)
    {
        foreach (var html in new[] { null, $"<p>{text}</p>" })
        {
            var mail = new OutgoingMail(
                new Mailbox("bonjour@example.fr", name),
                new Mailbox("paul.martin@société.example.fr", name),
                "porte.example.fr",
                Now
            )
            {
                Subject = subject,
                Text = text,
                Html = html,
                ReplyTo = "claire@example.fr",
            };
            var read = await MailServer.ReadStrictly(MimeText.Write(mail));
            read.GetProperty("defects").GetArrayLength().ShouldBe(0, read.GetProperty("defects").ToString());
            read.GetProperty("subject").GetString().ShouldBe(subject);
            Address(read, "from").ShouldBe([name, "bonjour@example.fr"]);
            Address(read, "to").ShouldBe([name, "paul.martin@xn--socit-esab.example.fr"]);
            Address(read, "replyTo").ShouldBe(["", "claire@example.fr"]);
            read.GetProperty("messageId").GetString().ShouldBe($"<{mail.Id}@porte.example.fr>");
            read.GetProperty("date").GetString().ShouldBe("2026-11-22T14:30:05+00:00");
            read.GetProperty("longestLine").GetInt32().ShouldBeLessThanOrEqualTo(78);
            read.GetProperty("bare").GetInt32().ShouldBe(0);
            read.GetProperty("ascii").GetBoolean().ShouldBeTrue();
            read.GetProperty("headers")
                .EnumerateArray()
                .Select(h => h.GetString())
                .Take(7)
                .ShouldBe(["Date", "From", "To", "Reply-To", "Subject", "Message-ID", "MIME-Version"]);
            List<string> contents = [text, .. html is null ? Array.Empty<string>() : [html]];
            read.GetProperty("contents")
                .EnumerateArray()
                .Select(c => Lines(c.GetString()!))
                .ShouldBe(contents.Select(Lines));
            read.GetProperty("types")
                .EnumerateArray()
                .Select(c => c.GetString())
                .ShouldBe(html is null ? ["text/plain"] : ["text/plain", "text/html"]);
        }
    }

    [Fact]
    public void The_same_mail_is_the_same_bytes_each_time()
    {
        var mail = new OutgoingMail(new Mailbox("a@example.fr"), new Mailbox("b@example.fr"), "x", Now)
        {
            Subject = "é",
            Text = "é",
            Html = "é",
        };
        MimeText.Write(mail).ShouldBe(MimeText.Write(mail));
    }

    [Theory]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("a\r\n.b\r\n..\r\n", "a\r\n..b\r\n...\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    public void A_line_that_begins_with_a_dot_does_not_end_the_mail(string content, string sent) =>
        System
            .Text.Encoding.ASCII.GetString(
                SmtpConversation.WithDotsDoubled(System.Text.Encoding.ASCII.GetBytes(content))
            )
            .ShouldBe(sent);

    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd('\n');

    private static string?[] Address(System.Text.Json.JsonElement read, string header) =>
        [.. read.GetProperty(header).EnumerateArray().Select(e => e.GetString())];
}
