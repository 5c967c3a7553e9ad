using System.Diagnostics;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Mail;

/// <summary>Gives each mail to the program that takes the mails of this machine: Postfix, Exim, msmtp …</summary>
internal sealed class SendmailTransport(MailSettings settings) : IMailTransport
{
    // sysexits.h: EX_TEMPFAIL.
    private const int NotNow = 75;

    public async Task<MailAnswer> Send(OutgoingMail mail, Func<Task> handing, CancellationToken cancellation)
    {
        if (!File.Exists(settings.Program))
        {
            throw new Refusal(MailText.Current.Format("noProgram", settings.Program));
        }
        var content = MimeText.Write(mail);
        await handing();
        // The mail names its reader itself (-t); a line with one dot does not end it (-i); what cannot be delivered comes back to the sender (-f).
        using var program = Process.Start(
            new ProcessStartInfo(settings.Program, ["-i", "-t", "-f", mail.FromAddress])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = Task.WhenAll(
            program.StandardError.ReadToEndAsync(default),
            program.StandardOutput.ReadToEndAsync(default)
        );
        try
        {
            // The program reads lines as this machine ends them.
            await program.StandardInput.BaseStream.WriteAsync(
                content.Where(b => b != (byte)'\r').ToArray(),
                CancellationToken.None
            );
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all: its exit code says why.
        }
        using var limit = new CancellationTokenSource(settings.Patience * 5);
        try
        {
            await program.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            program.Kill(entireProcessTree: true);
            throw new TimeoutException(MailText.Current.Format("programSilent", settings.Program), e);
        }
        var words = string.Join(' ', (await said).Where(s => s.Length > 0));
        return program.ExitCode switch
        {
            0 => new MailAnswer(MailVerdict.Taken, words),
            NotNow => new MailAnswer(MailVerdict.NotNow, Reason()),
            _ => new MailAnswer(MailVerdict.Never, Reason()),
        };

        string Reason() => MailText.Current.Format("programSaid", settings.Program, program.ExitCode, words);
    }
}
