using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Everywhere;

/// <summary>An import that waits for a decision, with a file that has something to say.</summary>
internal static class Papers
{
    public static async Task<(string Import, string File)> Some(House house, Id<Workspace> workspace)
    {
        var import = new Import(null, new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc));
        var file = new ImportedFile(import.Id, "732829320FEC20251231.txt");
        file.Arrived(new byte[32], 2_433_384);
        file.Tell(
            Siren.Read("732829320"),
            new DateOnly(2025, 12, 31),
            "windows-1252",
            18_204,
            2,
            new DateOnly(2025, 1, 2),
            new DateOnly(2025, 12, 31),
            new FileReport(
                [
                    new Notice(NoticeCode.Padded, 938, 2, "CompteLib", "VE  ", "VE"),
                    new Notice(NoticeCode.SameName, 1, 0, "CompAuxLib", "Verrerie de la Grève", "VERRERIE, VERGREVE"),
                ],
                [
                    new RejectedLine(1204, "Debit", RejectReason.Amount, "12,5O"),
                    new RejectedLine(9_871, "EcritureDate", RejectReason.Date, "2025133"),
                ]
            ).ToString()
        );
        import.Propose(
            new ImportPlan
            {
                Files =
                [
                    new PlannedFile(
                        file.Id.Value,
                        file.Name,
                        FileFate.Replaces,
                        [new PlannedReplacement(file.Id.Value, "732829320FEC20250930.txt")]
                    ),
                    new PlannedFile(
                        file.Id.Value,
                        "facture-117.pdf",
                        FileFate.Unreadable,
                        [],
                        new FileProblem("pdf_NoInvoice")
                    ),
                ],
                NewClients = 2,
                NewNames = ["Verrerie de la Grève", "Cabinet Morel"],
                KnownClients = 38,
                Doubtful = [new DoubtfulClient("Verrerie de la Grève", "VERGREVE", "VERRERIE")],
                Before = new BooksTotals(288, 3, 270, 41_250_000, new DateOnly(2024, 1, 2), new DateOnly(2025, 9, 30)),
                After = new BooksTotals(341, 4, 318, 48_912_000, new DateOnly(2024, 1, 2), new DateOnly(2025, 12, 31)),
                OurSiren = "732\u00A0829\u00A0320",
                OtherSiren = "552\u00A0100\u00A0554",
            }.ToString()
        );
        await house.In(
            workspace,
            async db =>
            {
                db.AddRange(import, file);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        return (import.Id.ToString(), file.Id.ToString());
    }
}
