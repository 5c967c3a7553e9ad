namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>A client of the agency with its habits.</summary>
internal sealed class Client
{
    private int letterYear;
    private int letters;

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required Account Account { get; init; }

    /// <summary>Its account of doubtful debts, once it has one.</summary>
    public Account? Doubtful { get; set; }

    /// <summary>Its place among the clients, the largest first.</summary>
    public required int Place { get; init; }

    /// <summary>Days between two invoices.</summary>
    public required int Interval { get; init; }

    public required int Start { get; init; }

    /// <summary>The day it goes quiet; the end of time for most.</summary>
    public required int Stop { get; init; }

    /// <summary>Days it takes to pay.</summary>
    public required int Delay { get; init; }

    /// <summary>Days by which it takes longer at the end than at the beginning.</summary>
    public required int Worsening { get; init; }

    public required bool IsAbroad { get; init; }

    public required bool PaysByCheque { get; init; }

    /// <summary>The day from which it contests an invoice, the first one, and does not pay it; the end of time for most.</summary>
    public required int Contests { get; set; }

    /// <summary>Two invoices at a time, paid together.</summary>
    public required bool ComesInPairs { get; init; }

    /// <summary>True where it stops paying when it stops buying.</summary>
    public required bool GoesBust { get; init; }

    /// <summary>The day of the next invoice.</summary>
    public int Next { get; set; }

    /// <summary>Letters begin again each year: AA to ZZ, then AAA.</summary>
    public string NextLetter(int year)
    {
        if (letterYear != year)
        {
            (letterYear, letters) = (year, 0);
        }
        var number = letters++;
        var pair = number % 676;
        Span<char> code = [(char)('A' + (number / 676) - 1), (char)('A' + (pair / 26)), (char)('A' + (pair % 26))];
        return new string(number < 676 ? code[1..] : code);
    }
}
