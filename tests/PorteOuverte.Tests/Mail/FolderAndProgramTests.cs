using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Mail;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class FolderAndProgramTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("porte-mail-").FullName;

    [Fact]
    public async Task A_mail_of_the_pickup_folder_lies_there_once_however_often_it_is_written()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, _) = await house.NewWorkspace();
        var id = await house.Write(workspace, "paul@example.fr");
        var file = Path.Combine(house.Database.Folder, "mail", $"{id}.eml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(
            file,
            "an older one, and longer than the mail, as one that was cut off",
            TestContext.Current.CancellationToken
        );
        await house.Deliver(workspace);
        var mail = await house.Mail(workspace, id);
        mail.State.ShouldBe(MailState.Sent);
        Directory.GetFiles(Path.GetDirectoryName(file)!).ShouldBe([file]);
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(MimeText.Write(mail));
    }

    [Theory]
    [InlineData(0, MailState.Sent)]
    [InlineData(75, MailState.Queued)]
    [InlineData(67, MailState.Refused)]
    public async Task The_program_of_the_machine_says_by_its_code_what_becomes_of_the_mail(int code, MailState state)
    {
        var program = Program(
            $"printf '%s ' \"$@\" > {folder}/arguments; cat > {folder}/mail; echo 'user unknown' >&2; exit {code}"
        );
        var (house, workspace, id) = await Delivered(program);
        await using (house)
        {
            var mail = await house.Mail(workspace, id);
            mail.State.ShouldBe(state, mail.LastError);
            if (state != MailState.Sent)
            {
                mail.LastError.ShouldNotBeNull().ShouldContain("user unknown");
            }
            Text("arguments").ShouldBe("-i -t -f bonjour@example.fr ");
            Text("mail").ShouldContain($"Message-ID: {mail.MessageId}\nMIME-Version");
        }
    }

    [Fact]
    public async Task A_program_that_reads_nothing_still_gives_its_reason()
    {
        var (house, workspace, id) = await Delivered(Program("exec 0<&-; echo 'no configuration' >&2; exit 78"));
        await using (house)
        {
            var mail = await house.Mail(workspace, id);
            mail.State.ShouldBe(MailState.Refused);
            mail.LastError.ShouldNotBeNull().ShouldContain("no configuration");
        }
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_waited_for()
    {
        var (house, workspace, id) = await Delivered(Path.Combine(folder, "nothing"));
        await using (house)
        {
            (await house.Mail(workspace, id)).State.ShouldBe(MailState.Queued);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<(House, Id<Workspace>, Id<OutgoingMail>)> Delivered(string program)
    {
        var house = await House.Open(
            "sqlite",
            null,
            ("Mail:Transport", "sendmail"),
            ("Mail:Program", program),
            ("Mail:From", "bonjour@example.fr")
        );
        var (workspace, _) = await house.NewWorkspace();
        var id = await house.Write(workspace, "paul@example.fr");
        await house.Deliver(workspace);
        return (house, workspace, id);
    }

    private string Program(string script)
    {
        var path = Path.Combine(folder, "sendmail");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    private string Text(string name) => File.ReadAllText(Path.Combine(folder, name));
}
