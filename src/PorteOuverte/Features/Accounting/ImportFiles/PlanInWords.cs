using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting.ImportFiles;

/// <summary>What would come of an import, for a terminal.</summary>
internal static class PlanInWords
{
    public static async Task Write(TextWriter output, ImportPlan plan, Texts texts)
    {
        var words = new FileWords(texts.Culture);
        foreach (var file in plan.Files)
        {
            await output.WriteLineAsync($"{FileWords.Clean(file.Name)} · {texts["fate_" + file.Fate]}");
            if (file.Problem is { } problem)
            {
                await output.WriteLineAsync("  " + words.Sentence(file.Name, problem));
            }
            if (file.Replaces.Count > 0)
            {
                var older = string.Join(", ", file.Replaces.Select(r => FileWords.Clean(r.Name)));
                await output.WriteLineAsync("  " + texts.Format("fate_ReplacesWhich", older));
            }
        }
        if (plan.OtherSiren is { } other)
        {
            await output.WriteLineAsync(
                texts.Format(plan.OurSiren is null ? "otherCompanies" : "otherCompany", other, plan.OurSiren)
            );
        }
        if (plan.After.Last is null)
        {
            return;
        }
        await output.WriteLineAsync(
            texts.Count("newClients", plan.NewClients, string.Join(", ", plan.NewNames.Take(5)))
                + (plan.NewClients > 5 ? "…" : ".")
        );
        await Line("invoices", texts.Figures.Number((decimal)plan.After.Invoices));
        await Line("creditNotes", texts.Figures.Number((decimal)plan.After.CreditNotes));
        await Line("payments", texts.Figures.Number((decimal)plan.After.Payments));
        await Line("revenue", texts.Figures.Amount(plan.After.Revenue));

        Task Line(string key, string value) => output.WriteLineAsync($"  {texts[key]} {value}");
    }
}
