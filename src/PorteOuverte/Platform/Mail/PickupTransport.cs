namespace PorteOuverte.Platform.Mail;

/// <summary>Puts each mail as a file into a folder of the data. Written twice, it lies there once.</summary>
internal sealed class PickupTransport(MailSettings settings) : IMailTransport
{
    public async Task<MailAnswer> Send(OutgoingMail mail, Func<Task> handing, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Folder);
        var file = Path.Combine(settings.Folder, $"{mail.Id}.eml");
        // Whoever watches the folder sees a whole mail or none.
        var unfinished = file + ".part";
        await using (var stream = File.Create(unfinished))
        {
            await stream.WriteAsync(MimeText.Write(mail), cancellation);
            stream.Flush(flushToDisk: true);
        }
        await handing();
        File.Move(unfinished, file, overwrite: true);
        return new MailAnswer(MailVerdict.Taken, file);
    }
}
