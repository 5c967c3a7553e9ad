namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>The agency's chart of accounts, clients apart.</summary>
internal sealed class Chart
{
    private readonly List<Account> all = [];

    public Chart()
    {
        Capital = Open("101300", "Capital");
        Reserves = Open("106800", "Autres réserves");
        CarriedForward = Open("110000", "Report à nouveau");
        Result = Open("120000", "Résultat de l'exercice");
        Equipment = Open("218300", "Matériel de bureau et informatique");
        Depreciation = Open("281830", "Amortissements du matériel");
        Staff = Open("421000", "Personnel - rémunérations dues");
        SocialSecurity = Open("431000", "Sécurité sociale");
        Pensions = Open("437300", "Caisses de retraite");
        ProfitTax = Open("444000", "État - impôts sur les bénéfices");
        VatDue = Open("445510", "TVA à décaisser");
        VatPaid = Open("445660", "TVA déductible sur biens et services");
        VatCredit = Open("445670", "Crédit de TVA à reporter");
        VatCharged = Open("445710", "TVA collectée");
        Partners = Open("455100", "Associés - comptes courants");
        TermDeposit = Open("508100", "Comptes à terme");
        Cheques = Open("511200", "Chèques à encaisser");
        Bank = Open("512000", "Banque");
        Till = Open("530000", "Caisse");
        Supplies = Open("606400", "Fournitures administratives");
        Wages = Open("641100", "Salaires et appointements");
        SocialCharges = Open("645100", "Cotisations à l'Urssaf");
        PensionCharges = Open("645300", "Cotisations aux caisses de retraite");
        Irrecoverable = Open("654000", "Pertes sur créances irrécouvrables");
        Rounding = Open("658000", "Charges diverses de gestion courante");
        DepreciationCharge = Open("681120", "Dotations aux amortissements");
        TaxOnProfit = Open("695000", "Impôts sur les bénéfices");
        Services =
        [
            Open("706100", "Conseil et stratégie"),
            Open("706200", "Création graphique"),
            Open("706300", "Sites et développements"),
        ];
        Abroad = Open("706900", "Prestations hors de France");
        Recharged = Open("708500", "Frais refacturés");
        Rebates = Open("709600", "Rabais, remises et ristournes accordés");
    }

    public Account Capital { get; }
    public Account Reserves { get; }
    public Account CarriedForward { get; }
    public Account Result { get; }
    public Account Equipment { get; }
    public Account Depreciation { get; }
    public Account Staff { get; }
    public Account SocialSecurity { get; }
    public Account Pensions { get; }
    public Account ProfitTax { get; }
    public Account VatDue { get; }
    public Account VatPaid { get; }
    public Account VatCredit { get; }
    public Account VatCharged { get; }
    public Account Partners { get; }
    public Account TermDeposit { get; }
    public Account Cheques { get; }
    public Account Bank { get; }
    public Account Till { get; }
    public Account Supplies { get; }
    public Account Wages { get; }
    public Account SocialCharges { get; }
    public Account PensionCharges { get; }
    public Account Irrecoverable { get; }
    public Account Rounding { get; }
    public Account DepreciationCharge { get; }
    public Account TaxOnProfit { get; }
    public Account[] Services { get; }
    public Account Abroad { get; }
    public Account Recharged { get; }
    public Account Rebates { get; }

    public IReadOnlyList<Account> All => all;

    public Account Open(string number, string label, string code = "", string name = "")
    {
        var account = new Account(number, label, code, name);
        all.Add(account);
        return account;
    }
}
