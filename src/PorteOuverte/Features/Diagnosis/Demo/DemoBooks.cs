using System.Globalization;
using PorteOuverte.Features.Diagnosis.MakeSample;

namespace PorteOuverte.Features.Diagnosis.Demo;

/// <summary>The accounting files of the made-up agency: some years of it, as they stand at the end of a day.</summary>
internal static class DemoBooks
{
    // A little less than three years at the least, in files of calendar years.
    private const int MonthsBack = 33;

    // With every client the cash lasts so many months: fixed charges are a third more than what the sales leave, so
    // that without the first client it lasts half as long.
    private const double MonthsOfCash = 14.4;
    private const double CashInSales = 4;
    private const double WagesBefore = 0.46;
    private const double WagesNow = 0.69;

    private static readonly (string, string, string, string, double, int)[] Bills =
    [
        ("BIBLIOTH", "Presse et Papier du Maine", "618100", "Documentation générale", 0.003, 3),
        ("RECRUTER", "Talents de Loire", "622800", "Honoraires divers", 0.005, 4),
        ("MEDECINE", "Santé au travail du Val", "647500", "Médecine du travail, pharmacie", 0.002, 6),
        ("ADHESION", "Club des agences de l’Ouest", "628100", "Cotisations professionnelles", 0.003, 12),
        ("PHOTOTHQ", "Photothèque Grand Angle", "651100", "Redevances pour droits", 0.006, 1),
    ];

    public static int FirstYear(DateOnly end) => end.AddMonths(-MonthsBack).Year;

    /// <param name="end">The last day of the story.</param>
    /// <param name="known">The last day of these books.</param>
    /// <param name="from">The first year that is given.</param>
    public static IReadOnlyList<(string Name, byte[] Content)> Write(DateOnly end, DateOnly known, int from)
    {
        var span = new SampleSpan(known.Year - FirstYear(end) + 1, known);
        var chart = new Chart();
        // What is planned goes further than these books.
        var schedule = new Schedule(span.FirstYear, end.Year - span.FirstYear + 1);
        var dealings = new Dealings(chart, schedule, DateOnly.FromDayNumber(span.First), end, known);
        // Those who were hired fourteen months ago.
        var hired = end.AddMonths(-14).DayNumber;
        var charges = new Charges(
            chart,
            schedule,
            new Chance(7),
            Habit.All.Count,
            day => day < hired ? WagesBefore : WagesNow,
            Bills
        );
        var truth = new SampleTruth();
        var agency = new Agency(span, chart, schedule, dealings, charges, dealings.Expected, CashInSales, truth);
        if (known >= end.AddMonths(-1))
        {
            schedule.Add(
                new LateDeed(
                    // After all that the bank moves on that day.
                    known.DayNumber,
                    Journal.Various,
                    "TRESO",
                    "Équilibre de trésorerie",
                    entry =>
                    {
                        var excess = chart.Bank.Balance + chart.Till.Balance - Cash(truth, known);
                        entry.Add(chart.Partners, excess);
                        entry.Add(chart.Bank, -excess);
                    }
                )
            );
        }
        var files = new List<(string, byte[])>();
        for (var year = span.FirstYear; year <= span.LastYear; year++)
        {
            var closing = year == known.Year ? known : new DateOnly(year, 12, 31);
            truth.BeginFile();
            using var content = new MemoryStream();
            using (var writer = LedgerWriter.For(Dialect.Plain, content, closing))
            {
                agency.Keep(year, writer);
            }
            if (year >= from)
            {
                files.Add(
                    (
                        string.Create(CultureInfo.InvariantCulture, $"{Sample.Siren}FEC{closing:yyyyMMdd}.txt"),
                        content.ToArray()
                    )
                );
            }
        }
        return files;
    }

    private static long Cash(SampleTruth truth, DateOnly day)
    {
        var from = day.AddYears(-1).AddDays(1);
        var burn = truth.FixedCharges(from, day) - truth.Revenue(from, day) + truth.Purchases(from, day);
        return (long)(burn * MonthsOfCash / 12);
    }
}
