using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>The program as a person runs it: exit codes, one sentence on the error stream, and never a stack trace.</summary>
[Trait("Category", "Heavy")]
public sealed class DiagnoseVerbTests : IDisposable
{
    private const string Header =
        "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\n";

    private const string Sale =
        "VE\tVentes\t1\t20250105\t411000\tClients\tC1\tAtelier Brume\tFA1\t20250105\tFacture\t120,00\t0,00\t\t\t20250131\t\t\n"
        + "VE\tVentes\t1\t20250105\t706000\tPrestations\t\t\tFA1\t20250105\tFacture\t0,00\t100,00\t\t\t20250131\t\t\n"
        + "VE\tVentes\t1\t20250105\t445710\tTVA\t\t\tFA1\t20250105\tFacture\t0,00\t20,00\t\t\t20250131\t\t\n";

    private readonly string folder = Directory.CreateTempSubdirectory("porte-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> Porte(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "porte.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static async Task Refuses(params string[] arguments)
    {
        var (code, output, error) = await Porte(arguments);
        code.ShouldBe(2, error);
        output.ShouldBeEmpty();
        error.Trim().Split('\n').Length.ShouldBe(1, error);
        error.ShouldNotContain("   at ");
        error.ShouldNotContain("Exception");
        error.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_good_file_is_reported_and_the_code_is_zero()
    {
        var (code, output, error) = await Porte("diagnose", Write("123456789FEC20251231.txt", Header + Sale));
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("Atelier Brume");
        output.ShouldNotContain("\u001b");
        output.Split('\n').ShouldAllBe(l => l.Length <= 80);
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_are_listed_and_the_code_is_one()
    {
        var (code, output, _) = await Porte("diagnose", Write("a.txt", Header + Sale + "VE\tVentes\t2\tdemain\t411000\tx\tC1\tA\tF\t\tx\t1,00\t0,00\t\t\t\t\t\n"));
        code.ShouldBe(1);
        output.ShouldContain("demain");
        output.ShouldContain("Atelier Brume");
    }

    [Fact]
    public async Task What_is_no_ledger_gets_one_sentence_and_the_code_two()
    {
        await Refuses("diagnose", Path.Combine(folder, "absent.txt"));
        await Refuses("diagnose", folder);
        await Refuses("diagnose", Write("vide.txt", ""));
        await Refuses("diagnose", Write("entete.txt", Header));
        await Refuses("diagnose", Write("image.png", [0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16]));
        await Refuses("diagnose", Write("facture.pdf", "%PDF-1.7\n"));
        await Refuses("diagnose", Write("export.xlsx", "PK\u0003\u0004"));
        await Refuses("diagnose", Write("lettre.txt", "Chère cliente,\nmerci de votre confiance.\n"));
        await Refuses("diagnose", Write("coupe.txt", (Header + Sale)[..^70]));
        await Refuses("diagnose", Write("coupe.xml", "<comptabilite><exercice>"));
        // One bad file among good ones is named, and nothing half true is said.
        await Refuses("diagnose", Write("bon.txt", Header + Sale), Path.Combine(folder, "absent.txt"));
    }

    [Fact]
    public async Task Options_that_make_no_sense_get_one_sentence()
    {
        var file = Write("a.txt", Header + Sale);
        await Refuses("diagnose", file, "--as-of", "hier");
        await Refuses("diagnose", file, "--as-of", "0001-01-01");
        await Refuses("diagnose", "");
        // The books themselves are never written over.
        await Refuses("diagnose", file, "--json", file);
        await Refuses("diagnose", file, "--html", file);
        (await File.ReadAllTextAsync(file)).ShouldBe(Header + Sale);
        await Refuses("diagnose", file, "--terms", "-3");
        await Refuses("diagnose", file, "--danger", "5", "--healthy", "10");
        await Refuses("diagnose", file, "--json", Path.Combine(folder, "nulle", "part.json"));
        await Refuses("diagnose", file, "--html", Path.Combine(folder, "nulle", "part.html"));
    }

    [Fact]
    public async Task The_json_keeps_its_contract()
    {
        var (code, output, _) = await Porte("diagnose", Write("123456789FEC20251231.txt", Header + Sale), "--json", "-", "--as-of", "2025-12-31");
        code.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Members(root).ShouldBe(["schema", "asOf", "currency", "files", "totals", "concentration", "clients", "runway", "silence", "avalanche", "runwayBand"], ignoreOrder: true);
        Members(root.GetProperty("files")[0])
            .ShouldBe(["name", "siren", "closing", "encoding", "separator", "lines", "rejected", "debit", "credit", "notices", "rejectedLines"], ignoreOrder: true);
        Members(root.GetProperty("totals"))
            .ShouldBe(["revenue", "revenue12m", "invoices", "creditNotes", "payments", "receivable", "cash", "monthlyFixedCharges"], ignoreOrder: true);
        Members(root.GetProperty("concentration")).ShouldBe(["from", "to", "hhi", "effectiveClients", "topShare", "top3Share", "clients"], ignoreOrder: true);
        Members(root.GetProperty("clients")[0])
            .ShouldBe(
                ["code", "name", "collective", "revenue", "revenue12m", "invoices", "creditNotes", "payments", "openBalance", "oldestOpenDays", "medianDelayDays", "meanDelayDays", "weightedDelayDays", "lateShare", "delayTrend", "firstInvoice", "lastInvoice", "usualIntervalDays", "daysSilent"],
                ignoreOrder: true
            );
        Members(root.GetProperty("silence")).ShouldBe(["asOf", "method", "reason", "repeaters", "days", "clients"], ignoreOrder: true);
        root.GetProperty("avalanche").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("runwayBand").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("schema").GetInt32().ShouldBe(1);
        root.GetProperty("asOf").GetString().ShouldBe("2025-12-31");
        root.GetProperty("concentration").GetProperty("from").GetString().ShouldBe("2025-01-01");
        root.GetProperty("totals").GetProperty("revenue").GetRawText().ShouldBe("100.00");
        root.GetProperty("totals").GetProperty("receivable").GetRawText().ShouldBe("120.00");
        var weight = root.GetProperty("concentration").GetProperty("clients")[0];
        weight.GetProperty("share").GetRawText().ShouldBe("1.000000");
        weight.GetProperty("level").GetString().ShouldBe("danger");
        weight.GetProperty("toWinElsewhere").GetProperty("danger").GetRawText().ShouldBe("300.00");
        weight.GetProperty("toWinElsewhere").GetProperty("high").GetRawText().ShouldBe("400.00");
        weight.GetProperty("toWinElsewhere").GetProperty("healthy").GetRawText().ShouldBe("900.00");
        root.GetProperty("clients")[0].GetProperty("lateShare").GetRawText().ShouldBe("1.000000");
        root.GetProperty("clients")[0].GetProperty("medianDelayDays").ValueKind.ShouldBe(JsonValueKind.Null);

        static IEnumerable<string> Members(JsonElement element) => element.EnumerateObject().Select(m => m.Name);
    }

    [Fact]
    public async Task English_is_one_option_away()
    {
        var file = Write("a.txt", Header + Sale);
        (await Porte("diagnose", file, "--lang", "en")).Output.ShouldContain("Your clients");
        (await Porte("diagnose", file)).Output.ShouldContain("Vos clients");
        (await Porte("--help")).Output.ShouldContain("diagnose");
    }
}
