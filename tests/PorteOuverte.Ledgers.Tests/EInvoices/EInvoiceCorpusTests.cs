using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Ledgers.Tests.EInvoices;

/// <summary>Real e-invoices, kept beside the project. What they say was read from their XML by eye.</summary>
public sealed class EInvoiceCorpusTests
{
    [Fact]
    public void Every_document_of_the_corpus_is_read()
    {
        var read = Reading.Corpus.ToDictionary(f => f, f => Reading.Read(Reading.Bytes(f)));
        read.Count.ShouldBe(15 + 17 + 7);
        foreach (var (file, invoice) in read)
        {
            invoice.Syntax.ShouldBe(
                file.StartsWith("ubl", StringComparison.Ordinal) ? EInvoiceSyntax.Ubl : EInvoiceSyntax.Cii,
                file
            );
            invoice.NetTotal.ShouldNotBeNull(file);
            (invoice.NetTotal + invoice.VatTotal).ShouldBe(invoice.GrossTotal, file);
            (invoice.GrossTotal - invoice.Prepaid + invoice.Rounding).ShouldBe(invoice.DuePayable, file);
            invoice.Seller.Name.ShouldNotBeNull(file);
            invoice.Buyer.Name.ShouldNotBeNull(file);
            invoice.IsCreditNote.ShouldBe(
                file.Contains("credit", StringComparison.Ordinal) || file.Contains("Avoir", StringComparison.Ordinal),
                file
            );
            (invoice.GrossTotal < 0).ShouldBe(invoice.IsCreditNote, file);
            (invoice.Lines.Count == 0).ShouldBe(
                file.Contains("MINIMUM", StringComparison.Ordinal)
                    || file.Contains("BASICWL", StringComparison.Ordinal),
                file
            );
        }
        // Two are due before they are issued, and the profile MINIMUM does not say what was paid; nothing else is odd.
        read.Where(r => r.Value.Noticed(EInvoiceNoticeCode.DueBeforeIssue) is not null)
            .Select(r => r.Key)
            .ShouldBe(["cii-examples/CII_business_example_02.xml", "cii-examples/XRechnung-O.xml"]);
        read.Sum(r => r.Value.Notices.Count).ShouldBe(2 + 3);
    }

    [Theory]
    [InlineData(
        "fnfe-correct/Avoir_FR_type381_BASIC.pdf",
        """
            Cii urn:cen.eu:en16931:2017:compliant:factur-x.eu:1p0:basic 381 turned
            AV-2017-0005 of 2017-11-16, due 2017-11-16, credit note
            EUR -218.48 + -14.99 = -233.47, paid 0, rounding 0, due -233.47, VAT in -: -
            seller Au bon moulin | 999999998 99999999800010 FR11999999998 | 1242 chemin de l'olive | 84340 Malaucène FR | -
            buyer Ma jolie boutique | 787878784 78787878400035 FR19787878784 | 35 rue de la République | 69001 Lyon FR | -
            reference -, order PO445, terms -
            preceding FA-2017-0010 of 2017-11-13, attachments 0
            1: Nougat de l'Abbaye 250g (-) -5 C62 x 4.1 = -20.48 at 20 %
            lines 2, notices -
            """
    )]
    [InlineData(
        "fnfe-correct/Facture_FR_MINIMUM.pdf",
        """
            Cii urn:factur-x.eu:1p0:minimum 380
            FA-2017-0010 of 2017-11-13, due -
            EUR 624.9 + 46.25 = 671.15, paid 201, rounding 0, due 470.15, VAT in -: -
            seller Au bon moulin | 999999998 99999999800010 FR11999999998 | - | - - FR | -
            buyer Ma jolie boutique | 787878784 78787878400035 FR19787878784 | - | - - FR | -
            reference -, order PO445, terms -
            preceding -, attachments 0
            lines 0, notices MissingTotal
            """
    )]
    [InlineData(
        "fnfe-correct/Facture_DOM_BASICWL.pdf",
        """
            Cii urn:factur-x.eu:1p0:basicwl 380
            FA-2017-0009 of 2017-11-05, due 2017-12-05
            EUR 530.75 + 0 = 530.75, paid 147, rounding 0, due 383.75, VAT in -: -
            seller Au bon moulin | 999999998 99999999800010 FR11999999998 | 1242 chemin de l'olive | 84340 Malaucène FR | -
            buyer Hôtel Saint Denis | 343434346 34343434600010 FR90343434346 | 42 rue du stade | 97400 Saint Denis RE | -
            reference -, order BC543, terms -
            preceding -, attachments 0
            lines 0, notices -
            """
    )]
    [InlineData(
        "cii-examples/CII-BR-CO-10-RoundingIssue.xml",
        """
            Cii urn:ferd:CrossIndustryDocument:invoice:1p0:comfort 380
            0 of 2021-03-26, due 2021-03-26
            EUR 0 + 0 = 0, paid 0, rounding 0, due 0, VAT in -: -
            seller Seller GmbH | - - DE123456789 | Straße No | 4000 S Stadt DE | test@example.com
            buyer BuyerName | - - - | Straße No | 4000 B Stadt DE | -
            reference XXX-XXXXX-XX, order -, terms Fällig nach Belegdatum + 10 Tage
            preceding 0 of -, attachments 0
            1: Flugschein (-) 1 IE x 720.81 = 720.81 at 19 %
            lines 4, notices -
            """
    )]
    [InlineData(
        "cii-examples/CII_example3.xml",
        """
            Cii urn:cen.eu:en16931:2017 380
            TOSL108 of 2013-04-10, due 2013-05-10
            DKK 900 + 225 = 1125, paid 0, rounding 0, due 1125, VAT in -: -
            seller SubscriptionSeller | - - DK16356706 | Main street 2, Building 4 | 54321 Big city DK | antonio@SubscriptionsSeller.dk
            buyer Buyercompany ltd | - - - | Anystreet, Building 1 | 101 Anytown DK | -
            reference -, order -, terms -
            preceding -, attachments 0
            1: Paper subscription (Subscription fee 1st quarter) 1 C62 x 800 = 800 at 25 %
            lines 1, notices -
            """
    )]
    [InlineData(
        "cii-examples/XRechnung-O.xml",
        """
            Cii urn:cen.eu:en16931:2017 380
            150377292 of 2021-01-14, due 2021-01-01
            EUR 385544.6 + 0 = 385544.6, paid 0, rounding 0, due 385544.6, VAT in -: -
            seller XX | - - - | XX; XX; 70376 Stuttgart | 70376 Stuttgart DE | XX
            buyer XX | - - - | XX; XX; XX | 51147 Köln DE | -
            reference XX, order -, terms -
            preceding -, attachments 0
            1: IndustriePolice (-) 1 ZZ x 99548.42 = 83654.15 at - %
            lines 2, notices DueBeforeIssue
            """
    )]
    [InlineData(
        "cii-examples/huf_example_cii.xml",
        """
            Cii urn:cen.eu:en16931:2017 380
            21/001003559/996 of 2021-10-05, due 2021-11-01
            HUF 69180 + 18679 = 87859, paid 0, rounding 0, due 87859, VAT in -: -
            seller DKV Euro Service GmbH + Co. KG | - - HU30048650 | Balcke-Dürr-Allee 3 | 40882 Ratingen DE | ilka.lassmann@dkv-euroservice.com
            buyer HIL Heeresinstandsetzungslogistik GmbH | - - DE242688168 | Josef-Wirmer-Str. 2-8 | 53123 Bonn DE | -
            reference 992-80013-14, order -, terms 01.11.2021 00:00:00
            preceding -, attachments 1
            1: DIZEL (-) 64 LTR x 361.09 = 23440 at 27 %
            lines 3, notices -
            """
    )]
    [InlineData(
        "ubl-examples/ubl-tc434-creditnote1.xml",
        """
            Ubl urn:cen.eu:en16931:2017 381 turned
            018304 / 28865 of 2019-09-23, due -, credit note
            EUR -100.11 + 0 = -100.11, paid 0, rounding 0, due -100.11, VAT in -: -
            seller My Supplier Company | - - BE0000000196 | De Grote Meir 22 | 2000 ANTWERPEN BE | john.doole@mysuppliercompany.be
            buyer My Customer Company | - - BE0000000295 | Boulevard Sint Michel 53 | 1000 BRUXELLES BE | pete.smith@mycustomercompany.be
            reference 018304 / 28865, order -, terms -
            preceding -, attachments 0
            1: Exonération du versement du PP (Exonération du versement du PP) -1 C62 x 100.11 = -100.11 at 0 %
            lines 1, notices -
            """
    )]
    [InlineData(
        "ubl-examples/ubl-tc434-example5.xml",
        """
            Ubl urn:cen.eu:en16931:2017 380
            TOSL110 of 2013-04-10, due 2013-05-10
            DKK 4000 + 675 = 4675, paid 2337.5, rounding 0, due 2337.5, VAT in EUR: 628.62
            seller SellerCompany | - - NL16356706 | Hoofdstraat 4; Om de hoek | 54321 Grootstad NL | Anthon@Selco.nl
            buyer Buyercompany ltd | - - DK16356607 | Anystreet, Building 1; 5th floor | 101 Anytown DK | john.hansen@buyercompany.dk
            reference qwerty, order PO4711, terms 50% prepaid, 50% within one month
            preceding TOSL109 of 2013-03-10, attachments 1
            1: Printing paper (Printing paper, 2mm) 1000 EA x 1 = 1000 at 25 %
            lines 3, notices -
            """
    )]
    [InlineData(
        "ubl-examples/ubl-tc434-example7.xml",
        """
            Ubl urn:cen.eu:en16931:2017 380
            INVOICE_test_7 of 2013-03-11, due -
            SEK 3200 + 0 = 3200, paid 0, rounding 0, due 3200, VAT in -: -
            seller The Sellercompany Incorporated | - - - | Main street 2, Building 4 | 54321 Big city SE | Anthon@SellerCompany.se
            buyer THe Buyercompany | - - - | Anystreet 8; Back door | 101 Anytown SE | john@buyercompany.no
            reference -, order Order_9988_x, terms Payment within 30 days
            preceding -, attachments 0
            1: Road tax (Weight-based tax, vehicles >3000 KGM) 1 EA x 2500 = 2500 at - %
            lines 2, notices -
            """
    )]
    [InlineData(
        "ubl-examples/sample-discount-price.xml",
        """
            Ubl urn:cen.eu:en16931:2017 380
            test decimal 1 of 2018-02-05, due 2018-02-28
            EUR 12.12 + 3.03 = 15.15, paid 0, rounding 0, due 15.15, VAT in -: -
            seller HEP SPLIT | - - HR46830600751 | ULICA 1; ULICA 1, 10000 SPLIT | 10000 SPLIT HR | -
            buyer HEP-OPERATOR DISTRIBUCIJSKOG SUSTAVA D.O.O. ZA DISTRIBUCIJU I OPSKRBU ELEKTRICNE ENERGIJE | - - HR46830600751 | VUKOVARSKA PROMJENA ADRESE; VUKOVARSKA PROMJENA ADRESE 20, 10000 ZAGREB | 10000 ZAGREB HR | -
            reference -, order -, terms -
            preceding -, attachments 0
            1: stavka 1 (-) 100 EA x 0.1212 = 12.12 at 25 %
            lines 1, notices -
            """
    )]
    [InlineData(
        "ubl-examples/FT G2G_TD01 con Allegato, Bonifico e Split Payment.xml",
        """
            Ubl urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0 380
            1316/85 of 2020-02-13, due -
            EUR 1246 + 274.12 = 1520.12, paid 274.12, rounding 0, due 1246, VAT in -: -
            seller Azienda Unita Sanitaria Locale di Reggio Emilia | - - IT01598570354 | Via Amendola,2 | 42100 REGGIO EMILIA IT | -
            buyer AZIENDA AUSL DI MODENA | - - IT02241850367 | VIA SAN GIOVANNI DEL CANTONE 23 | 41121 MODENA IT | -
            reference 110#2020-02-05#ABCDEF, order -, terms D.LGS. 231/2002 S.M.I
            preceding -, attachments 1
            1: EBIXA 5MG/EROGAZIONE SOL. ORALE 50 ML (-) 20 C62 x 62.3 = 1246 at 22 %
            lines 1, notices -
            """
    )]
    public void What_a_document_says_is_what_was_read_by_eye(string file, string told) =>
        Reading.Read(Reading.Bytes(file)).Told().ReplaceLineEndings("\n").ShouldBe(told.ReplaceLineEndings("\n"));

    [Fact]
    public void The_same_invoice_in_two_profiles_says_the_same()
    {
        var full = Reading.Read(Reading.Bytes("fnfe-correct/Facture_UE_BASICWL.pdf"));
        var least = Reading.Read(Reading.Bytes("fnfe-correct/Facture_UE_MINIMUM.pdf"));
        (full.Number, full.NetTotal, full.GrossTotal, full.Prepaid, full.DuePayable).ShouldBe(
            ("FA-2017-0008", 2076.76m, 2076.76m, 623m, 1453.76m)
        );
        (least.Number, least.NetTotal, least.GrossTotal, least.Prepaid, least.DuePayable).ShouldBe(
            ("FA-2017-0008", 2076.76m, 2076.76m, 623m, 1453.76m)
        );
        (least.DueDate, full.DueDate).ShouldBe((null, new DateOnly(2017, 12, 3)));
    }
}
