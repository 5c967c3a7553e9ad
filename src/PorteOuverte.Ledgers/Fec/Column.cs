namespace PorteOuverte.Ledgers.Fec;

/// <summary>The columns of a FEC, in the order of the norm, then those of its variants.</summary>
internal enum Column
{
    JournalCode,
    JournalLib,
    EcritureNum,
    EcritureDate,
    CompteNum,
    CompteLib,
    CompAuxNum,
    CompAuxLib,
    PieceRef,
    PieceDate,
    EcritureLib,
    Debit,
    Credit,
    EcritureLet,
    DateLet,
    ValidDate,
    Montantdevise,
    Idevise,
    Montant,
    Sens,
    DateRglt,
    ModeRglt,
    NatOp,
    IdClient,
}

/// <summary>Where each column stands in one file.</summary>
internal sealed class Layout
{
    public const int ColumnKinds = (int)Column.IdClient + 1;

    // The order of the norm, for a file without a header.
    private const int NormColumns = 18;

    private readonly int[] positions = new int[ColumnKinds];
    private readonly List<string> names = [];

    private Layout() => Array.Fill(positions, -1);

    /// <summary>Position of a column in a line, or -1 where the file lacks it.</summary>
    public int this[Column column] => positions[(int)column];

    /// <summary>Number of columns the header names, a trailing empty one included.</summary>
    public int Count => names.Count;

    public bool HasHeader { get; private init; }

    /// <summary>Columns of the header spelt otherwise than in the norm, with the norm's name.</summary>
    public List<(string Read, string Norm)> Aliases { get; } = [];

    /// <summary>Names of the header that no column answers to.</summary>
    public List<string> Unknown { get; } = [];

    public bool HasTrailingSeparator { get; private init; }

    /// <summary>The norm's name of the column at a position, or what the header calls it.</summary>
    public string NameOf(int position)
    {
        var kind = Array.IndexOf(positions, position);
        return kind >= 0 ? ((Column)kind).ToString()
            : position < names.Count ? names[position]
            : $"{position + 1}";
    }

    /// <summary>The last position without which a line says nothing: date, account, amounts.</summary>
    public int LastNeeded =>
        new[] { Column.EcritureDate, Column.CompteNum, Column.Debit, Column.Credit, Column.Montant, Column.Sens }.Max(c =>
            this[c]
        );

    /// <summary>The columns the reader cannot do without and this header lacks.</summary>
    public IEnumerable<Column> Missing()
    {
        Column[] needed =
            this[Column.Montant] >= 0
                ? [Column.EcritureDate, Column.CompteNum, Column.Montant, Column.Sens]
                : [Column.EcritureDate, Column.CompteNum, Column.Debit, Column.Credit];
        return needed.Where(c => this[c] < 0);
    }

    public static Layout Norm(int columns)
    {
        var layout = new Layout { HasHeader = false };
        for (var i = 0; i < Math.Max(columns, NormColumns); i++)
        {
            layout.names.Add(i < NormColumns ? ((Column)i).ToString() : "");
            if (i < NormColumns)
            {
                layout.positions[i] = i;
            }
        }
        return layout;
    }

    public static Layout FromHeader(IReadOnlyList<string> header)
    {
        var trailing = header.Count > 1 && header[^1].Length == 0;
        var layout = new Layout { HasHeader = true, HasTrailingSeparator = trailing };
        for (var i = 0; i < header.Count; i++)
        {
            var name = header[i];
            layout.names.Add(name);
            if (name.Length == 0)
            {
                continue;
            }
            if (!Names.TryGetValue(Normalise(name), out var column) || layout.positions[(int)column] >= 0)
            {
                layout.Unknown.Add(name);
                continue;
            }
            layout.positions[(int)column] = i;
            if (!string.Equals(name, column.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                layout.Aliases.Add((name, column.ToString()));
            }
        }
        return layout;
    }

    // Lower case, without accents, spaces or marks: "N° de compte" and "n_de_compte" are one name.
    private static string Normalise(string name)
    {
        Span<char> kept = stackalloc char[Math.Min(name.Length, 64)];
        var count = 0;
        foreach (var c in name)
        {
            var plain = char.ToLowerInvariant(c) switch
            {
                'à' or 'â' or 'ä' => 'a',
                'é' or 'è' or 'ê' or 'ë' => 'e',
                'î' or 'ï' => 'i',
                'ô' or 'ö' => 'o',
                'û' or 'ù' or 'ü' => 'u',
                'ç' => 'c',
                var other => other,
            };
            if (char.IsAsciiLetterOrDigit(plain) && count < kept.Length)
            {
                kept[count++] = plain;
            }
        }
        return new string(kept[..count]);
    }

    private static readonly Dictionary<string, Column> Names = BuildNames();

    private static Dictionary<string, Column> BuildNames()
    {
        var names = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (var column in Enum.GetValues<Column>())
        {
            names.Add(Normalise(column.ToString()), column);
        }
        void Alias(Column column, params string[] aliases)
        {
            foreach (var alias in aliases)
            {
                names.TryAdd(alias, column);
            }
        }
        Alias(Column.JournalCode, "codejournal", "codejnl", "journal", "codejal");
        Alias(Column.JournalLib, "journallibelle", "libellejournal", "journallabel", "libjournal");
        Alias(Column.EcritureNum, "numecriture", "numeroecriture", "ecriturenumero", "numeroecritur", "noecriture", "necriture");
        Alias(Column.EcritureDate, "dateecriture", "datecomptable", "datecomptabilisation", "date");
        Alias(Column.CompteNum, "numcompte", "numerocompte", "comptenumero", "numerodecompte", "compte", "ncompte", "ndecompte", "nocompte");
        Alias(Column.CompteLib, "comptelibelle", "libellecompte", "intitulecompte", "libcompte");
        Alias(Column.CompAuxNum, "compteauxnum", "numcompteaux", "compauxnumero", "compteauxiliaire", "compteauxiliairenum", "numerocompteauxiliaire", "compauxiliairenum", "codetiers", "auxiliaire");
        Alias(Column.CompAuxLib, "compteauxlib", "compauxlibelle", "compteauxiliairelib", "compteauxiliairelibelle", "libellecompteauxiliaire", "compauxiliairelib", "libelletiers");
        Alias(Column.PieceRef, "refpiece", "referencepiece", "piecereference", "piece", "numpiece", "numeropiece", "pieceref1", "npiece");
        Alias(Column.PieceDate, "datepiece");
        Alias(Column.EcritureLib, "ecriturelibelle", "libelleecriture", "libelle", "libecriture");
        Alias(Column.Debit, "montantdebit", "debiteuro", "debiteur", "debiteuros");
        Alias(Column.Credit, "montantcredit", "crediteuro", "crediteur", "crediteuros");
        Alias(Column.EcritureLet, "ecriturelettrage", "lettrage", "codelettrage", "lettre", "let");
        Alias(Column.DateLet, "datelettrage", "datelettre");
        Alias(Column.ValidDate, "datevalid", "datevalidation", "validationdate");
        Alias(Column.Montantdevise, "devisemontant", "montantendevise");
        Alias(Column.Idevise, "devise", "iddevise", "codedevise", "deviseid");
        Alias(Column.Sens, "senslecriture", "sensecriture", "debitcredit", "dc");
        Alias(Column.DateRglt, "datereglement", "datereglt");
        Alias(Column.ModeRglt, "modereglement", "modereglt");
        Alias(Column.NatOp, "natureoperation", "natureop");
        Alias(Column.IdClient, "identifiantclient", "clientid", "idclt", "client");
        return names;
    }
}
