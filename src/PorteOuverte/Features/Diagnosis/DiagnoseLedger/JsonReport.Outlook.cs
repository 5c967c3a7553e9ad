using System.Text.Json;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger;

/// <summary>What is to be expected: silences, departures, the band of cash.</summary>
public static partial class JsonReport
{
    private static void WriteOutlook(Utf8JsonWriter json, Outlook outlook)
    {
        WriteSilence(json, outlook);
        if (outlook.Departures is { } departures)
        {
            WriteAvalanche(json, departures);
        }
        else
        {
            json.WriteNull("avalanche");
        }
        if (outlook.Band is { } band)
        {
            WriteBand(json, band);
        }
        else
        {
            json.WriteNull("runwayBand");
        }
    }

    private static void WriteSilence(Utf8JsonWriter json, Outlook outlook)
    {
        var silence = outlook.Silence;
        json.WriteStartObject("silence");
        Date(json, "asOf", outlook.AsOf);
        json.WriteString("method", CodeOf(silence.Method));
        json.WriteString("reason", CodeOf(silence.Reason));
        json.WriteNumber("repeaters", silence.Repeaters);
        json.WriteNumber("days", silence.Days);
        json.WriteStartArray("clients");
        foreach (var client in silence.Clients)
        {
            json.WriteStartObject();
            json.WriteString("code", client.Client.Code);
            json.WriteNumber("daysSilent", client.DaysSilent);
            json.WriteNumber("recencyRank", client.RecencyRank);
            Number(json, "usualGapDays", client.UsualGapDays, 1);
            Number(json, "ratio", client.Ratio, 6);
            Number(json, "probabilityAlive", client.ProbabilityAlive, 6);
            Number(json, "probabilityOfPurchase", client.ProbabilityOfPurchase, 6);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAvalanche(Utf8JsonWriter json, DeparturesReport departures)
    {
        json.WriteStartObject("avalanche");
        json.WriteString("level", CodeOf(departures.Level));
        json.WriteNumber("horizonDays", departures.HorizonDays);
        json.WriteStartArray("losses");
        foreach (var loss in departures.Losses)
        {
            json.WriteStartObject();
            json.WriteString("code", loss.Client.Code);
            Date(json, "on", loss.On);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Number(json, "p", departures.PValue, 6);
        Number(json, "windowDays", departures.WindowDays, 0);
        json.WriteNumber("observed", departures.Observed);
        Number(json, "expected", departures.Expected, 6);
        json.WriteStartObject("detectable");
        json.WriteNumber("recentDays", departures.Detectable.RecentDays);
        json.WriteNumber("pastLosses", departures.Detectable.PastLosses);
        json.WriteNumber("atFivePercent", departures.Detectable.AtFivePercent);
        json.WriteNumber("atOnePercent", departures.Detectable.AtOnePercent);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBand(Utf8JsonWriter json, BandReport band)
    {
        json.WriteStartObject("runwayBand");
        Number(json, "probabilityOut", band.Last.ProbabilityOut, 6);
        Number(json, "monthOut", band.MonthOut, 0);
        Number(json, "monthlyLeaving", band.MonthlyLeaving, 6);
        json.WriteNumber("runs", band.Runs);
        json.WriteStartArray("months");
        foreach (var month in band.Months)
        {
            json.WriteStartObject();
            json.WriteNumber("month", month.Month);
            Euros(json, "low", month.Low);
            Euros(json, "median", month.Median);
            Euros(json, "high", month.High);
            Number(json, "probabilityOut", month.ProbabilityOut, 6);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
