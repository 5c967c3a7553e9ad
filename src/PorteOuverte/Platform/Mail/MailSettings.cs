using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Platform.Mail;

public enum MailWay
{
    /// <summary>Each mail becomes a file of the folder <c>mail</c>, and nothing leaves: enough to try everything.</summary>
    Pickup,
    Smtp,
    Sendmail,
}

public enum MailSecurity
{
    StartTls,

    /// <summary>Encrypted from the first byte, usually on port 465.</summary>
    Tls,
    None,
}

/// <summary>How mails leave: the section <c>Mail</c> of the settings, read once and refused at the start rather than at the first mail.</summary>
/// <remarks>A class and not a record: a record would print its password wherever somebody logs it.</remarks>
public sealed class MailSettings
{
    public MailWay Way { get; private init; }

    /// <summary>Where the pickup folder is.</summary>
    public required string Folder { get; init; }

    public string Host { get; private init; } = "";
    public int Port { get; private init; }
    public MailSecurity Security { get; private init; }
    public string? User { get; private init; }

    /// <summary>Of one more authority whose certificates are believed: an office's own, for example.</summary>
    internal X509Certificate2Collection? Trusted { get; private init; }

    internal string? Password { get; private init; }

    /// <summary>The program of this machine that takes mails.</summary>
    public string Program { get; private init; } = "";

    /// <summary>In whose name mails are sent.</summary>
    public required Mailbox From { get; init; }

    /// <summary>The name of this house on the network: it ends each Message-ID, and it is how we greet a server.</summary>
    public required string PublicHost { get; init; }

    /// <summary>How long a server may think before each answer.</summary>
    internal TimeSpan Patience { get; private init; }

    /// <param name="folder">The data folder.</param>
    /// <exception cref="Refusal">A setting is missing or cannot be so.</exception>
    public static MailSettings Of(IConfiguration settings, Uri publicUrl, string folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(publicUrl);
        var mail = settings.GetSection("Mail");
        var way = Choice(mail, "Transport", MailWay.Pickup);
        var security = Choice(mail, "Security", MailSecurity.StartTls);
        var publicHost = publicUrl.HostNameType == UriHostNameType.IPv6 ? "localhost" : publicUrl.IdnHost;
        var read = new MailSettings
        {
            Way = way,
            Folder = Path.Combine(folder, "mail"),
            PublicHost = publicHost,
            From =
                Filled(mail, "From") is { } from ? Mailbox.Parse(from)
                : way == MailWay.Pickup ? new Mailbox($"porte@{publicHost}", "Porte Ouverte")
                : throw new Refusal(MailText.Current["settingFrom"]),
            Host = Filled(mail, "Host") is { } host ? Ascii(host) : "",
            Port = Number(
                mail,
                "Port",
                security switch
                {
                    MailSecurity.StartTls => 587,
                    MailSecurity.Tls => 465,
                    _ => 25,
                },
                ushort.MaxValue
            ),
            Security = security,
            User = Filled(mail, "User"),
            Password = mail["Password"],
            Trusted = Filled(mail, "TrustedCertificate") is { } file ? Certificates(file) : null,
            Program = Filled(mail, "Program") ?? "/usr/sbin/sendmail",
            Patience = TimeSpan.FromSeconds(Number(mail, "Patience", 120, 3600)),
        };
        if (way == MailWay.Smtp)
        {
            read.RefuseAnUnsafeServer(Filled(mail, "Unencrypted") == "accepted");
        }
        return read;
    }

    private void RefuseAnUnsafeServer(bool unencryptedAccepted)
    {
        if (Host.Length == 0)
        {
            throw new Refusal(MailText.Current["settingHost"]);
        }
        if (Security != MailSecurity.None)
        {
            return;
        }
        var here = Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
        if (!here && !unencryptedAccepted)
        {
            throw new Refusal(MailText.Current.Format("settingUnencrypted", Host));
        }
        if (User is not null)
        {
            throw new Refusal(MailText.Current["settingPlainPassword"]);
        }
    }

    private static string? Filled(IConfiguration mail, string key) =>
        string.IsNullOrWhiteSpace(mail[key]) ? null : mail[key]!.Trim();

    private static T Choice<T>(IConfiguration mail, string key, T usual)
        where T : struct, Enum =>
        Filled(mail, key) is not { } value ? usual
        : Enum.TryParse<T>(value, ignoreCase: true, out var choice) && !char.IsAsciiDigit(value[0]) ? choice
        : throw new Refusal(
            MailText.Current.Format(
                "settingChoice",
                key,
                string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant())),
                value
            )
        );

    private static int Number(IConfiguration mail, string key, int usual, int most) =>
        Filled(mail, key) is not { } value ? usual
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= most
            ? number
        : throw new Refusal(MailText.Current.Format("settingNumber", key, most, value));

    private static string Ascii(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out _) ? host : new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            throw new Refusal(MailText.Current["settingHost"]);
        }
    }

    private static X509Certificate2Collection Certificates(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0 ? certificates : throw new CryptographicException();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new Refusal(MailText.Current.Format("settingCertificate", file));
        }
    }
}

/// <summary>What the room brings to the services.</summary>
public static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(settings);
        services.AddScoped<Outbox>();
        services.AddErrand<DeliverMail>(DeliverMail.Name);
        services.AddScoped<MailDelivery>();
        services.AddSingleton<IMailTransport>(
            settings.Way switch
            {
                MailWay.Smtp => new SmtpTransport(settings),
                MailWay.Sendmail => new SendmailTransport(settings),
                _ => new PickupTransport(settings),
            }
        );
        return services;
    }
}
