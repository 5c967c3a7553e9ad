using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

/// <summary>A workspace whose owner gives files to a house that works.</summary>
internal sealed partial class Bookkeeper : IAsyncDisposable
{
    private Bookkeeper(House house, Id<Workspace> workspace, Visitor visitor) =>
        (House, Workspace, Visitor) = (house, workspace, visitor);

    public House House { get; }
    public Id<Workspace> Workspace { get; }
    public Visitor Visitor { get; }
    public string Here => $"/e/{Workspace}/accounting";

    public static async Task<Bookkeeper> Open(string database, params (string Key, string Value)[] settings)
    {
        var house = await House.Working(database, settings: settings);
        var (workspace, person) = await house.NewWorkspace();
        return new Bookkeeper(house, workspace, await house.SignedIn(person));
    }

    /// <summary>Sends files through the form; the answer as it came.</summary>
    public async Task<HttpResponseMessage> Send(params (string Name, byte[] Content)[] files)
    {
        var form = await Visitor.Fill(Here, $"{Here}/imports");
        using var body = new MultipartFormDataContent();
        foreach (var (key, value) in form.Hidden)
        {
            body.Add(new StringContent(value), key);
        }
        foreach (var (name, content) in files)
        {
            body.Add(new ByteArrayContent(content), "files", name);
        }
        return await Visitor.Http.PostAsync(
            new Uri(form.Address, UriKind.Relative),
            body,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>Gives files and waits until they have been looked through.</summary>
    public async Task<(Id<Import> Id, ImportPlan Plan)> Give(params (string Name, byte[] Content)[] files)
    {
        var id = await GiveUntil(ImportState.Ready, files);
        return (id, await Plan(id));
    }

    public async Task<Id<Import>> GiveUntil(ImportState state, params (string Name, byte[] Content)[] files)
    {
        using var answer = await Send(files);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var id = Id<Import>.Parse(answer.Headers.Location!.ToString().Split('/')[^1], null);
        await Until(id, state);
        return id;
    }

    /// <summary>What would come of an import that has been looked through.</summary>
    public async Task<ImportPlan> Plan(Id<Import> id) => ImportPlan.Read((await Until(id, ImportState.Ready)).Plan!);

    /// <summary>Gives a table, whose columns are asked for then.</summary>
    public async Task<(Id<Import> Id, string Columns)> GiveTable(string name, string text)
    {
        var id = await GiveUntil(ImportState.Mapping, (name, Encoding.UTF8.GetBytes(text)));
        return (id, await Columns(id));
    }

    /// <summary>Where the columns of its table are chosen.</summary>
    public async Task<string> Columns(Id<Import> id)
    {
        var file = await House.Ask(
            Workspace,
            db => db.ImportedFiles.SingleAsync(f => f.ImportId == id, TestContext.Current.CancellationToken)
        );
        return $"{Here}/imports/{id}/columns/{file.Id}";
    }

    /// <summary>Sends the form of the columns as it stands, but for some fields.</summary>
    public async Task<(HttpStatusCode Status, string Page)> Choose(
        string columns,
        string go,
        params (string Name, string Value)[] fields
    )
    {
        var page = await Visitor.Read(columns);
        var standing = Selects()
            .Matches(page)
            .Select(m => (m.Groups["name"].Value, Selected().Match(m.Value).Groups["value"].Value))
            .Append(("currency", "EUR"))
            .Where(s => !fields.Any(f => f.Name == s.Item1));
        using var answer = await Visitor.Submit(columns, "columns", [.. standing, .. fields, ("go", go)]);
        return (
            answer.StatusCode,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        );
    }

    /// <summary>Goes on with the columns as they were guessed, and takes the table in.</summary>
    public async Task<ImportPlan> ImportTable(string name, string text, params (string Name, string Value)[] fields)
    {
        var (id, columns) = await GiveTable(name, text);
        (await Choose(columns, "on", fields)).Status.ShouldBe(HttpStatusCode.Redirect);
        var plan = await Plan(id);
        await Press(id, "decide");
        await Until(id, ImportState.Done);
        return plan;
    }

    public Task<(Id<Import> Id, ImportPlan Plan)> Give(string path) =>
        Give((Path.GetFileName(path), File.ReadAllBytes(path)));

    public async Task<Import> Until(Id<Import> id, ImportState state)
    {
        Import? import = null;
        await Wait.Until(async () =>
        {
            import = await House.Ask(
                Workspace,
                db => db.Imports.AsNoTracking().SingleAsync(i => i.Id == id, TestContext.Current.CancellationToken)
            );
            return import.State == state;
        });
        return import!;
    }

    /// <summary>Presses one of the buttons of the import's page.</summary>
    public async Task Press(Id<Import> id, string form, params (string, string)[] fields)
    {
        using var answer = await Visitor.Submit($"{Here}/imports/{id}", form, fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    public async Task Import(params (string Name, byte[] Content)[] files)
    {
        var (id, _) = await Give(files);
        await Press(id, "decide");
        await Until(id, ImportState.Done);
    }

    public Task Import(string path) => Import((Path.GetFileName(path), File.ReadAllBytes(path)));

    /// <summary>A small ledger: sales of 1 000 € without VAT, one for each line given as <c>date client</c>.</summary>
    public static (string Name, byte[] Content) Ledger(string siren, string closing, params string[] sales)
    {
        var text = new StringBuilder(
            "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\r\n"
        );
        for (var i = 0; i < sales.Length; i++)
        {
            var (date, client) = (sales[i].Split(' ')[0], sales[i].Split(' ')[1]);
            void Line(string account, string label, string aux, string name, int debit, int credit) =>
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"VE\tVentes\t{i + 1}\t{date}\t{account}\t{label}\t{aux}\t{name}\tF{date}-{i + 1}\t{date}\tFacture\t{debit},00\t{credit},00\t\t\t{date}\t\t\r\n"
                );
            Line("411000", "Clients", client.ToUpperInvariant(), client, 1200, 0);
            Line("706000", "Prestations", "", "", 0, 1000);
            Line("445710", "TVA", "", "", 0, 200);
        }
        return ($"{siren}FEC{closing}.txt", Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The same ledger, in which the sale of a day is paid.</summary>
    public static (string Name, byte[] Content) Paid((string Name, byte[] Content) ledger, string sale, string paid)
    {
        var text = Encoding.UTF8.GetString(ledger.Content);
        var line = text.Split("\r\n").Single(l => l.Contains($"\t{sale}\t411000\t", StringComparison.Ordinal));
        var aux = line.Split('\t')[6..8];
        return (
            ledger.Name,
            Encoding.UTF8.GetBytes(
                text.Replace(
                    line,
                    line.Replace($"0,00\t\t\t{sale}", $"0,00\tAA\t{paid}\t{sale}", StringComparison.Ordinal),
                    StringComparison.Ordinal
                )
                    + $"BQ\tBanque\t900\t{paid}\t512000\tBanque\t\t\tB1\t{paid}\tVirement\t1200,00\t0,00\t\t\t{paid}\t\t\r\n"
                    + $"BQ\tBanque\t900\t{paid}\t411000\tClients\t{aux[0]}\t{aux[1]}\tB1\t{paid}\tVirement\t0,00\t1200,00\tAA\t{paid}\t{paid}\t\t\r\n"
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        await House.DisposeAsync();
    }

    [GeneratedRegex(
        "<select[^>]* name=\"(?<name>[^\"]*)\".*?</select>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Selects();

    [GeneratedRegex(
        "<option value=\"(?<value>[^\"]*)\" selected",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Selected();
}
