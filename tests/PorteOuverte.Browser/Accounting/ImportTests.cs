using Microsoft.Playwright;
using PorteOuverte.Browser.Pages;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounting;

public sealed class ImportTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task A_newcomer_drops_a_ledger_and_finds_the_clients_with_the_figures_of_the_diagnosis()
    {
        var ledger = Corpus.Path("fec/quadra/123456789FEC20190731.txt");
        using var data = new EmptyData("sqlite");
        using var porte = await PorteProcess.Serve(data.Settings);
        var link = "";
        await Wait.Until(() =>
        {
            link =
                porte.Output.Split().FirstOrDefault(w => w.Contains("/welcome?code=", StringComparison.Ordinal)) ?? "";
            return Task.FromResult(link.Length > 0);
        });
        var tab = await Open(porte.Url);
        await tab.Go(link);
        await new WelcomePage(tab).OpenWorkspace(
            "Atelier Véga",
            "Claire Aubry",
            "claire@example.fr",
            "une phrase assez longue"
        );
        // The first page says what to do next.
        await tab.AtHome();
        await tab.Page.Locator("main a[href$='/accounting']").First.ClickAsync();
        await tab.Heading("Comptabilité");
        await tab.Page.SetInputFilesAsync("input[type=file]", ledger);
        await tab.Press("Voir ce qu’ils disent");
        await tab.Heading("Voici ce que cela donnerait");
        await tab.IsAccessible();
        await tab.Press("Importer");
        await tab.Heading("L’import est fait");
        await tab.Follow("Voir les clients");
        await tab.Heading("Clients");

        var report = DiagnoseLedgerHandler.Handle(new DiagnoseLedger([LedgerSource.FromFile(ledger)]));
        var largest = report.Clients.First(c => !c.IsCollective);
        await tab.Text(Figures.French.Amount(largest.RevenueTwelveMonths));
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = largest.Name, Exact = true }).First.ClickAsync();
        await tab.Heading(largest.Name);
        await tab.Text(Figures.French.Euros(largest.RevenueTwelveMonths));
        await tab.IsAccessible();
    }
}
