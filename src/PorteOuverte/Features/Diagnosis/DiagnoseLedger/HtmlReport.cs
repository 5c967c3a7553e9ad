using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger.Html;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger;

/// <summary>Makes a report one page that stands alone: to read, print or pass on. No script, nothing from elsewhere.</summary>
public static class HtmlReport
{
    // The default encoder writes é as &#xE9;, and the page could not be read as text.
    internal static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static async Task<string> Render(Report report, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(texts);
        await using var services = new ServiceCollection().AddSingleton(Encoder).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var page = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(ReportPage.Report)] = report,
                    [nameof(ReportPage.Wording)] = new Wording(texts),
                    [nameof(ReportPage.Css)] = await Css(),
                }
            );
            var root = await renderer.RenderComponentAsync<ReportPage>(parameters);
            return root.ToHtmlString();
        });
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    private static async Task<string> Css()
    {
        await using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
