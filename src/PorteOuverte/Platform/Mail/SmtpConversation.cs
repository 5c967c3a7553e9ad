using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Mail;

/// <summary>A server's reply, of one line or several.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsYes => Code is >= 200 and < 300;

    /// <summary>It waits for what comes next: the mail, a name, a password.</summary>
    public bool IsGoOn => Code is >= 300 and < 400;

    public bool IsNotNow => Code is >= 400 and < 500;

    public bool IsNo => Code is >= 500 and < 600;

    public override string ToString() => $"{Code} {string.Join(' ', Lines)}".Trim();
}

/// <summary>Lines said to a server and its replies, over a connection that may be encrypted on the way.</summary>
internal sealed class SmtpConversation : IAsyncDisposable
{
    // Far more than any server says; a stream without end is no reply.
    private const int LongestReply = 64 * 1024;

    private readonly TimeSpan patience;
    private readonly byte[] buffer = new byte[4096];
    private Stream stream;
    private int read;
    private int filled;

    private SmtpConversation(Stream stream, TimeSpan patience) => (this.stream, this.patience) = (stream, patience);

    public bool IsEncrypted => stream is SslStream;

    public static async Task<SmtpConversation> Open(
        string host,
        int port,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await InTime(patience, t => client.ConnectAsync(host, port, t).AsTask(), cancellation);
            return new SmtpConversation(client.GetStream(), patience);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <param name="trusted">Authorities believed besides those of the machine.</param>
    public async Task Encrypt(string host, X509Certificate2Collection? trusted, CancellationToken cancellation)
    {
        if (read < filled)
        {
            // Said in the clear to be taken for something said in confidence: an old trick (CVE-2011-0411).
            throw new Refusal(MailText.Current["saidTooEarly"]);
        }
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = encrypted;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None
                || (
                    errors == SslPolicyErrors.RemoteCertificateChainErrors
                    && trusted is not null
                    && certificate is X509Certificate2 presented
                    && IsIssuedBy(trusted, presented)
                ),
        };
        await InTime(patience, t => encrypted.AuthenticateAsClientAsync(options, t), cancellation);
    }

    public Task<SmtpReply> Ask(string line, CancellationToken cancellation) =>
        InTime(
            patience,
            async t =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), t);
                return await Reply(t);
            },
            cancellation
        );

    public Task<SmtpReply> Listen(CancellationToken cancellation) => InTime(patience, Reply, cancellation);

    /// <summary>Gives the mail itself. Nobody stops it half-way: the answer is what everything waits for.</summary>
    public Task<SmtpReply> Give(byte[] content, TimeSpan longPatience) =>
        InTime(
            longPatience,
            async t =>
            {
                await stream.WriteAsync(WithDotsDoubled(content), t);
                return await Reply(t);
            },
            CancellationToken.None
        );

    /// <summary>Says good-bye and does not wait for the answer: what matters has been answered.</summary>
    public async Task Leave()
    {
        try
        {
            await InTime(TimeSpan.FromSeconds(5), t => stream.WriteAsync("QUIT\r\n"u8.ToArray(), t).AsTask(), default);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            // It has already hung up.
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>A line that begins with a dot gets a second one, so that a lone dot ends the mail (RFC 5321, 4.5.2).</summary>
    internal static byte[] WithDotsDoubled(ReadOnlySpan<byte> content)
    {
        var sent = new List<byte>(content.Length + 64);
        var lineBegins = true;
        foreach (var b in content)
        {
            if (lineBegins && b == (byte)'.')
            {
                sent.Add(b);
            }
            sent.Add(b);
            lineBegins = b == (byte)'\n';
        }
        sent.AddRange(lineBegins ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return [.. sent];
    }

    private async Task<SmtpReply> Reply(CancellationToken cancellation)
    {
        var lines = new List<string>();
        var taken = 0;
        while (true)
        {
            var line = await Line(cancellation);
            taken += line.Length;
            // "250-more", "250 last", and some say "250" alone.
            if (
                line.Length < 3
                || taken > LongestReply
                || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                || (line.Length > 3 && line[3] is not (' ' or '-'))
            )
            {
                throw new Refusal(MailText.Current["notAServer"]);
            }
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(code, lines);
            }
        }
    }

    private async Task<string> Line(CancellationToken cancellation)
    {
        var line = new List<byte>();
        while (true)
        {
            if (read == filled)
            {
                (read, filled) = (0, await stream.ReadAsync(buffer, cancellation));
                if (filled == 0)
                {
                    throw new Refusal(MailText.Current["hungUp"]);
                }
            }
            var b = buffer[read++];
            if (b == (byte)'\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }
            if (line.Count == LongestReply)
            {
                throw new Refusal(MailText.Current["notAServer"]);
            }
            line.Add(b);
        }
    }

    private static bool IsIssuedBy(X509Certificate2Collection trusted, X509Certificate2 presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        // An office's own authority rarely publishes what it has revoked.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }

    private static Task<bool> InTime(
        TimeSpan patience,
        Func<CancellationToken, Task> act,
        CancellationToken cancellation
    ) =>
        InTime<bool>(
            patience,
            async t =>
            {
                await act(t);
                return true;
            },
            cancellation
        );

    private static async Task<T> InTime<T>(
        TimeSpan patience,
        Func<CancellationToken, Task<T>> act,
        CancellationToken cancellation
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await act(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(MailText.Current["silent"], e);
        }
    }
}
