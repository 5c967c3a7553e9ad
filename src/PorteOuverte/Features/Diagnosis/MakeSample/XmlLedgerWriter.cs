using System.Globalization;
using System.Text;
using System.Xml;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Writes the XML variant: what a text file repeats on each line stands on the journal or the entry.</summary>
/// <remarks>
/// Document, label and lettering belong to the entry there. An entry whose lines differ in them is written in pieces that
/// share its number, as an opening of many documents must be.
/// </remarks>
internal sealed class XmlLedgerWriter : LedgerWriter
{
    private readonly Stream stream;
    private readonly XmlWriter xml;
    private Journal? journal;

    public XmlLedgerWriter(Stream stream, DateOnly closing)
    {
        this.stream = stream;
        xml = XmlWriter.Create(
            stream,
            new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(false),
                Indent = true,
                IndentChars = " ",
            }
        );
        xml.WriteStartElement("comptabilite");
        xml.WriteStartElement("exercice");
        Leaf("DateCloture", Day(closing));
    }

    public override void Write(Entry entry)
    {
        if (entry.Journal != journal)
        {
            if (journal is not null)
            {
                xml.WriteEndElement();
            }
            journal = entry.Journal;
            xml.WriteStartElement("journal");
            Leaf("JournalCode", journal.Code);
            Leaf("JournalLib", journal.Label);
        }
        for (var i = 0; i < entry.Lines.Count; )
        {
            var end = i + 1;
            var lettered = entry.Lines[i];
            while (end < entry.Lines.Count && Goes(entry.Lines[end], lettered))
            {
                lettered = lettered.Letter.Length == 0 ? entry.Lines[end] : lettered;
                end++;
            }
            Piece(entry, i, end, lettered);
            i = end;
        }
    }

    public override void Dispose()
    {
        xml.WriteEndDocument();
        xml.Dispose();
        stream.Dispose();
    }

    private static bool Goes(Entry.Line line, Entry.Line with) =>
        line.Reference == with.Reference
        && line.DocumentDate == with.DocumentDate
        && line.Label == with.Label
        && (line.Letter == with.Letter || line.Letter.Length == 0 || with.Letter.Length == 0);

    private void Piece(Entry entry, int first, int end, Entry.Line lettered)
    {
        var date = DateOnly.FromDayNumber(entry.Date);
        xml.WriteStartElement("ecriture");
        Leaf("EcritureNum", entry.Number.ToString(CultureInfo.InvariantCulture));
        Leaf("EcritureDate", Day(date));
        Leaf("EcritureLib", lettered.Label);
        Leaf("PieceRef", lettered.Reference);
        Leaf("PieceDate", Day(DateOnly.FromDayNumber(lettered.DocumentDate)));
        if (lettered.Letter.Length > 0)
        {
            Leaf("EcritureLet", lettered.Letter);
            Leaf("DateLet", Day(DateOnly.FromDayNumber(lettered.LetteredOn)));
        }
        Leaf("ValidDate", Day(ValidatedOn(date)));
        for (var i = first; i < end; i++)
        {
            var (account, amount) = (entry.Lines[i].Account, entry.Lines[i].Amount);
            xml.WriteStartElement("ligne");
            Leaf("CompteNum", account.Number);
            Leaf("CompteLib", account.Label);
            if (account.Code.Length > 0)
            {
                Leaf("CompAuxNum", account.Code);
                Leaf("CompAuxLib", account.Name);
            }
            Leaf(
                amount < 0 ? "Credit" : "Debit",
                (Math.Abs(amount) / 100m).ToString("0.00", CultureInfo.InvariantCulture)
            );
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void Leaf(string name, string value) => xml.WriteElementString(name, value);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
