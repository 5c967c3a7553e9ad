using System.CommandLine;
using System.Globalization;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Cli;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Features.Settings.VerifyAudit;

/// <summary><c>porte audit verify</c>: 0 when every chain is intact, 1 when something was found.</summary>
internal static class VerifyAuditVerb
{
    public static Command Verb(CultureInfo culture)
    {
        var texts = new Texts(typeof(VerifyAuditText), culture);
        var data = new Option<string?>("--data") { Description = texts["optionData"], HelpName = "data" };
        var database = new Option<string?>("--database") { Description = texts["optionDatabase"] };
        var workspace = new Option<string?>("--workspace") { Description = texts["optionWorkspace"], HelpName = "ID" };
        var head = new Option<string?>("--head") { Description = texts["optionHead"], HelpName = "N:HASH" };
        var verify = new Command("verify", texts["verbVerify"])
        {
            data,
            database,
            workspace,
            head,
            CommandLine.Language(texts["optionLanguage"]),
        };
        verify.SetAction(
            async (parsed, cancellation) =>
            {
                var settings = ServerSettings.Read(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Data"] = parsed.GetValue(data),
                        ["Database"] = parsed.GetValue(database),
                    }
                );
                var command = new VerifyAudit(
                    WorkspaceOf(parsed.GetValue(workspace), texts),
                    HeadOf(parsed.GetValue(head), texts)
                );
                var handler = new VerifyAuditHandler(
                    Database.Of(settings),
                    texts,
                    new Texts(typeof(AuditText), culture),
                    parsed.InvocationConfiguration.Output
                );
                return await handler.Handle(command, cancellation) ? ExitCode.Done : ExitCode.DoneInPart;
            }
        );
        return new Command("audit", texts["verbAudit"]) { verify };
    }

    private static Id<Workspace>? WorkspaceOf(string? text, Texts texts) =>
        text is null ? null
        : Id<Workspace>.TryParse(text, null, out var id) ? id
        : throw new Refusal(texts.Format("workspaceUnread", text));

    private static NotedHead? HeadOf(string? text, Texts texts) =>
        text is null ? null
        : NotedHead.TryParse(text, out var head) ? head
        : throw new Refusal(texts.Format("headUnread", text));
}
