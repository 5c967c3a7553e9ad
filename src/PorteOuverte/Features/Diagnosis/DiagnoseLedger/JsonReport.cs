using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger;

/// <summary>Writes a report as JSON, schema 1: euros with two decimals, shares as fractions with six, ISO dates, null where unknown.</summary>
public static partial class JsonReport
{
    public static void Write(Stream stream, Report report, Func<Notice, string> message)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var json = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        json.WriteStartObject();
        json.WriteNumber("schema", 1);
        Date(json, "asOf", report.AsOf);
        json.WriteString("currency", "EUR");
        json.WriteStartArray("files");
        foreach (var file in report.Files)
        {
            File(json, file, message);
        }
        json.WriteEndArray();
        WriteTotals(json, report.Totals);
        WriteConcentration(json, report.Concentration);
        // Trends are the one thing computed only when asked for; here all are, so on all processors.
        Parallel.ForEach(report.Clients, c => _ = c.DelayTrend);
        json.WriteStartArray("clients");
        foreach (var client in report.Clients)
        {
            Client(json, client);
        }
        json.WriteEndArray();
        WriteRunway(json, report.Runway);
        WriteOutlook(json, report.Outlook);
        json.WriteEndObject();
    }

    private static void File(Utf8JsonWriter json, LedgerFile file, Func<Notice, string> message)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteString("siren", file.Siren);
        Date(json, "closing", file.Closing);
        json.WriteString("encoding", file.Encoding);
        json.WriteString("separator", file.Separator?.ToString());
        json.WriteNumber("lines", file.Lines);
        json.WriteNumber("rejected", file.Rejected);
        Euros(json, "debit", file.Debit);
        Euros(json, "credit", file.Credit);
        json.WriteStartArray("notices");
        foreach (var notice in file.Notices)
        {
            json.WriteStartObject();
            json.WriteString("code", CodeOf(notice.Code));
            json.WriteNumber("count", notice.Count);
            Number(json, "firstLine", notice.FirstLine == 0 ? null : notice.FirstLine, 0);
            json.WriteString("column", notice.Column);
            json.WriteString("read", notice.Read);
            json.WriteString("assumed", notice.Assumed);
            json.WriteString("message", message(notice));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rejectedLines");
        foreach (var line in file.RejectedLines)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line.Line);
            json.WriteString("column", line.Column);
            json.WriteString("reason", CodeOf(line.Reason));
            json.WriteString("read", line.Read);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, Totals totals)
    {
        json.WriteStartObject("totals");
        Euros(json, "revenue", totals.Revenue);
        Euros(json, "revenue12m", totals.RevenueTwelveMonths);
        json.WriteNumber("invoices", totals.Invoices);
        json.WriteNumber("creditNotes", totals.CreditNotes);
        json.WriteNumber("payments", totals.Payments);
        Euros(json, "receivable", totals.Receivable);
        if (totals.Cash is { } cash)
        {
            Euros(json, "cash", cash);
        }
        else
        {
            json.WriteNull("cash");
        }
        Euros(json, "monthlyFixedCharges", totals.MonthlyFixedCharges);
        json.WriteEndObject();
    }

    private static void WriteConcentration(Utf8JsonWriter json, ConcentrationReport concentration)
    {
        json.WriteStartObject("concentration");
        Date(json, "from", concentration.From);
        Date(json, "to", concentration.To);
        Number(json, "hhi", concentration.EffectiveClients is null ? null : concentration.Hhi, 6);
        Number(json, "effectiveClients", concentration.EffectiveClients, 6);
        Number(json, "topShare", concentration.EffectiveClients is null ? null : concentration.TopShare, 6);
        Number(json, "top3Share", concentration.EffectiveClients is null ? null : concentration.TopThreeShare, 6);
        json.WriteStartArray("clients");
        foreach (var weight in concentration.Clients)
        {
            json.WriteStartObject();
            json.WriteString("code", weight.Client.Code);
            Number(json, "share", weight.Share, 6);
            json.WriteString("level", weight.Level is { } level ? CodeOf(level) : null);
            if (weight.ToWinElsewhere is { } win)
            {
                json.WriteStartObject("toWinElsewhere");
                Euros(json, "danger", win.Danger);
                Euros(json, "high", win.High);
                Euros(json, "healthy", win.Healthy);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("toWinElsewhere");
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Client(Utf8JsonWriter json, ClientReport client)
    {
        json.WriteStartObject();
        json.WriteString("code", client.Code);
        json.WriteString("name", client.Name.Length == 0 ? null : client.Name);
        json.WriteBoolean("collective", client.IsCollective);
        Euros(json, "revenue", client.Revenue);
        Euros(json, "revenue12m", client.RevenueTwelveMonths);
        json.WriteNumber("invoices", client.Invoices);
        json.WriteNumber("creditNotes", client.CreditNotes);
        json.WriteNumber("payments", client.Payments);
        Euros(json, "openBalance", client.OpenBalance);
        Number(json, "oldestOpenDays", client.OldestOpenDays, 0);
        Number(json, "medianDelayDays", client.MedianDelay, 1);
        Number(json, "meanDelayDays", client.MeanDelay, 6);
        Number(json, "weightedDelayDays", client.WeightedDelay, 6);
        Number(json, "lateShare", client.LateShare, 6);
        if (client.DelayTrend is { } trend)
        {
            json.WriteStartObject("delayTrend");
            json.WriteNumber("s", trend.S);
            Number(json, "p", trend.P, 6);
            Number(json, "slope", trend.Slope, 6);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("delayTrend");
        }
        Date(json, "firstInvoice", client.FirstInvoice);
        Date(json, "lastInvoice", client.LastInvoice);
        Number(json, "usualIntervalDays", client.UsualInterval, 1);
        Number(json, "daysSilent", client.DaysSilent, 0);
        json.WriteEndObject();
    }

    private static void WriteRunway(Utf8JsonWriter json, RunwayReport runway)
    {
        json.WriteStartObject("runway");
        Number(json, "monthsNow", runway.MonthsNow, 2);
        Number(json, "purchaseRate", runway.PurchaseRate, 6);
        json.WriteStartArray("ifLost");
        foreach (var loss in runway.IfLost)
        {
            json.WriteStartObject();
            json.WriteString("code", loss.Client.Code);
            Euros(json, "monthlyShortfall", loss.MonthlyShortfall);
            Number(json, "months", loss.Months, 2);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The code of a notice, a reason or a level in JSON: <c>zeroDate</c>.</summary>
    public static string CodeOf(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static void Euros(Utf8JsonWriter json, string name, long cents)
    {
        json.WritePropertyName(name);
        json.WriteRawValue((cents / 100m).ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static void Number(Utf8JsonWriter json, string name, double? value, int decimals)
    {
        if (value is { } number)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(Math.Round((decimal)number, decimals, MidpointRounding.AwayFromZero).ToString(decimals == 6 ? "0.000000" : "0.##", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Date(Utf8JsonWriter json, string name, DateOnly? date) =>
        json.WriteString(name, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
