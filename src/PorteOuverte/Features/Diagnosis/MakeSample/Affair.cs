namespace PorteOuverte.Features.Diagnosis.MakeSample;

internal enum Act
{
    Invoice,
    CreditNote,
    Payment,
    Rounding,

    /// <summary>From the client's ordinary account to the doubtful one, and its other end there.</summary>
    Transfer,
    WriteOff,
}

/// <summary>One line of a client's account.</summary>
/// <param name="gross">What it adds to what the client owes, in cents.</param>
/// <param name="net">The sales behind it, without VAT.</param>
/// <param name="of">The document it answers; itself where null.</param>
internal sealed class Movement(Affair affair, Act act, int date, long gross, long net, Movement? of)
{
    private string reference = "";

    public Affair Affair { get; } = affair;

    public Act Act { get; } = act;

    public int Date { get; } = date;

    public long Gross { get; } = gross;

    public long Net { get; } = net;

    /// <summary>The number of the document, given when it is booked: numbers follow the dates.</summary>
    public string Reference
    {
        get => of?.Reference ?? reference;
        set => reference = value;
    }
}

/// <summary>An invoice, or several, with all that settles them: what one lettering code groups. It is planned as a whole.</summary>
internal sealed class Affair(Client client, Account account)
{
    private readonly List<Movement> movements = new(2);
    private string letter = "";
    private int letterYear;

    public Client Client { get; } = client;

    public Account Account { get; } = account;

    public IReadOnlyList<Movement> Movements => movements;

    /// <summary>The day after which nothing of it is open.</summary>
    public int SettledOn { get; private set; } = int.MaxValue;

    /// <summary>The day of its last payment, or 0.</summary>
    public int PaidOn { get; private set; }

    public Movement Add(Act act, int date, long gross, long net = 0, Movement? of = null)
    {
        var movement = new Movement(this, act, date, gross, net, of);
        movements.Add(movement);
        long open = 0;
        var last = 0;
        foreach (var one in movements)
        {
            open += one.Gross;
            last = Math.Max(last, one.Date);
        }
        SettledOn = open == 0 ? last : int.MaxValue;
        PaidOn = act == Act.Payment ? Math.Max(PaidOn, date) : PaidOn;
        return movement;
    }

    /// <summary>Its code in the books of a year: none before the year that settles it, as nobody knows by then.</summary>
    public string LetterIn(int year)
    {
        if (SettledOn == int.MaxValue || DateOnly.FromDayNumber(SettledOn).Year != year)
        {
            return "";
        }
        if (letterYear != year)
        {
            (letter, letterYear) = (Client.NextLetter(year), year);
        }
        return letter;
    }
}
