using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Mail;

/// <summary>Brings each mail to a server (RFC 5321): one conversation, one mail, and always known how far it came.</summary>
internal sealed class SmtpTransport(MailSettings settings) : IMailTransport
{
    // A server may work on a mail before it answers for it; hanging up too early makes two of one (RFC 5321, 4.5.3.2.6).
    private const int PatienceForTheMail = 5;

    public async Task<MailAnswer> Send(OutgoingMail mail, Func<Task> handing, CancellationToken cancellation)
    {
        var content = MimeText.Write(mail);
        await using var server = await Enter(cancellation);
        var reply = await server.Ask($"MAIL FROM:<{mail.FromAddress}>", cancellation);
        if (reply.IsYes)
        {
            reply = await server.Ask($"RCPT TO:<{mail.ToAddress}>", cancellation);
        }
        if (!reply.IsYes)
        {
            return Answer(reply);
        }
        await handing();
        reply = await server.Ask("DATA", CancellationToken.None);
        if (reply.IsGoOn)
        {
            reply = await server.Give(content, settings.Patience * PatienceForTheMail);
        }
        else if (reply.IsYes)
        {
            // A yes to what it has not read: it cannot be believed.
            throw new Refusal(MailText.Current.Format("strange", Name, reply));
        }
        if (reply.IsYes)
        {
            await server.Leave();
        }
        return Answer(reply);
    }

    private string Name => $"{settings.Host}:{settings.Port}";

    private MailAnswer Answer(SmtpReply reply) =>
        reply switch
        {
            { IsYes: true } => new MailAnswer(MailVerdict.Taken, reply.ToString()),
            { IsNotNow: true } => new MailAnswer(MailVerdict.NotNow, reply.ToString()),
            { IsNo: true } => new MailAnswer(MailVerdict.Never, reply.ToString()),
            _ => throw new Refusal(MailText.Current.Format("strange", Name, reply)),
        };

    /// <summary>To where the server listens to us. What fails here concerns the server or the settings, not this mail: it is tried again.</summary>
    private async Task<SmtpConversation> Enter(CancellationToken cancellation)
    {
        var server = await Connect(cancellation);
        try
        {
            if (settings.Security == MailSecurity.Tls)
            {
                await Encrypt(server, cancellation);
            }
            Insist(await server.Listen(cancellation));
            var offers = await Greet(server, cancellation);
            if (settings.Security == MailSecurity.StartTls)
            {
                if (!offers.Contains("STARTTLS"))
                {
                    throw new Refusal(MailText.Current.Format("noEncryption", Name));
                }
                Insist(await server.Ask("STARTTLS", cancellation));
                await Encrypt(server, cancellation);
                // What was said before could have come from anybody (RFC 3207, 4.2).
                offers = await Greet(server, cancellation);
            }
            if (settings.User is not null)
            {
                await SignIn(server, offers, cancellation);
            }
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task<SmtpConversation> Connect(CancellationToken cancellation)
    {
        try
        {
            return await SmtpConversation.Open(settings.Host, settings.Port, settings.Patience, cancellation);
        }
        catch (SocketException e)
        {
            throw new Refusal(MailText.Current.Format("unreachable", Name, e.Message));
        }
    }

    private async Task Encrypt(SmtpConversation server, CancellationToken cancellation)
    {
        try
        {
            await server.Encrypt(settings.Host, settings.Trusted, cancellation);
        }
        catch (AuthenticationException e)
        {
            throw new Refusal(MailText.Current.Format("notBelieved", Name, e.Message));
        }
    }

    private async Task<HashSet<string>> Greet(SmtpConversation server, CancellationToken cancellation)
    {
        var reply = Insist(await server.Ask($"EHLO {settings.PublicHost}", cancellation));
        var offers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in reply.Lines.Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            offers.UnionWith(words.Take(1));
            if (words is ["AUTH" or "auth", ..])
            {
                offers.UnionWith(words.Skip(1).Select(w => "AUTH " + w));
            }
        }
        return offers;
    }

    private async Task SignIn(SmtpConversation server, HashSet<string> offers, CancellationToken cancellation)
    {
        if (!server.IsEncrypted)
        {
            throw new InvalidOperationException("A password is sent encrypted or not at all.");
        }
        SmtpReply reply;
        if (offers.Contains("AUTH PLAIN"))
        {
            reply = await server.Ask($"AUTH PLAIN {Base64($"\0{settings.User}\0{settings.Password}")}", cancellation);
        }
        else if (offers.Contains("AUTH LOGIN"))
        {
            reply = await server.Ask("AUTH LOGIN", cancellation);
            foreach (var word in new[] { settings.User!, settings.Password ?? "" })
            {
                reply = reply.IsGoOn ? await server.Ask(Base64(word), cancellation) : reply;
            }
        }
        else
        {
            throw new Refusal(MailText.Current.Format("noSignIn", Name));
        }
        if (!reply.IsYes)
        {
            throw new Refusal(MailText.Current.Format("signInRefused", Name, settings.User, reply));
        }
    }

    private SmtpReply Insist(SmtpReply reply) =>
        reply.IsYes ? reply : throw new Refusal(MailText.Current.Format("serverRefuses", Name, reply));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
