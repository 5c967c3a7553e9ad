using Microsoft.AspNetCore.Http;
using PorteOuverte.Kernel;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Diagnosis.ShowToday;

/// <summary>Phrases that several cards say.</summary>
internal sealed class TodayWords(Texts texts)
{
    /// <summary>Between which months the cash ends, in eight futures of ten; empty where nothing can be said.</summary>
    public string Range(MonthsRange lasts) =>
        lasts switch
        {
            { Low: null } => texts["rangePlain"],
            { Low: { } low, High: null } => texts.Format("rangeFrom", low),
            { Low: { } low, High: { } high } when low == high => texts["rangePlain"],
            { Low: { } low, High: { } high } => texts.Format("range", low, high),
        };

    /// <summary>The same for a cell; a dash where the books show no cash or no charges, which is not a long time.</summary>
    public string ShortRange(Report report, MonthsRange lasts) =>
        lasts switch
        {
            _ when report.Outlook.Band is null => "–",
            { Low: null } => texts["shortBeyond"],
            { Low: { } low, High: null } => texts.Format("shortFrom", low),
            { Low: { } low, High: { } high } when low == high => texts.Format("shortSame", low),
            { Low: { } low, High: { } high } => texts.Format("short", low, high),
        };

    public static Level OfChance(double alive) =>
        alive < 0.25 ? Level.Danger
        : alive < 0.6 ? Level.Watch
        : Level.Healthy;

    /// <summary>The largest weights as bars, and everybody else as one.</summary>
    public IReadOnlyList<ShareBars.Bar> Shares(Report report, int most)
    {
        var shown = report.Concentration.Clients.Where(w => w.Level is not null).Take(most).ToList();
        var others = report.Concentration.Singles - shown.Count;
        var rest = 1 - shown.Sum(w => w.Share);
        var bars = shown.ConvertAll(w => new ShareBars.Bar(w.Client.Name, w.Share, w.Level));
        if (rest > 1e-9)
        {
            bars.Add(
                new ShareBars.Bar(others > 0 ? texts.Count("others", others) : texts["crowd"], rest, Others: true)
            );
        }
        return bars;
    }
}

/// <summary>Addresses of clients.</summary>
internal static class Clients
{
    public static string Of(HttpContext http, ClientReport client) => Of(http, client.Code);

    public static string Of(HttpContext http, string code) =>
        $"/e/{http.Request.RouteValues["workspace"]}/clients/{code}";
}

/// <summary>What an account of charges is, by the plan that all French books follow (PCG).</summary>
internal static class ChargeNames
{
    /// <summary>Its number, with its name where the plan has one for its first three digits or its first two.</summary>
    public static string Of(string account, Texts texts)
    {
        var name = Known("account_" + account) ?? Known("account_" + account[..Math.Min(2, account.Length)]);
        return name is null ? account : $"{account} · {name}";

        string? Known(string key) => texts[key] is var text && text == key ? null : text;
    }
}
