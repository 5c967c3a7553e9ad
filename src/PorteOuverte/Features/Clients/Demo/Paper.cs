using System.Globalization;
using System.Text;

namespace PorteOuverte.Features.Clients.Demo;

/// <summary>A sheet of paper as a file: a title and some lines, as small as a PDF can be.</summary>
internal static class Paper
{
    static Paper() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static byte[] Pdf(string title, params string[] lines)
    {
        var letters = Encoding.GetEncoding("windows-1252");
        var text = new StringBuilder("BT /F1 20 Tf 72 760 Td (")
            .Append(Escaped(title))
            .Append(") Tj /F1 11 Tf 0 -36 Td 18 TL");
        foreach (var line in lines)
        {
            text.Append(" (").Append(Escaped(line)).Append(") Tj T*");
        }
        text.Append(" ET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {text.Length} >>\nstream\n{text}\nendstream"),
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
        {
            file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        }
        file.Append(
            CultureInfo.InvariantCulture,
            $"trailer << /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
        );
        // One byte for each letter: the places above count both.
        return letters.GetBytes(file.ToString());
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("(", "\\(", StringComparison.Ordinal)
            .Replace(")", "\\)", StringComparison.Ordinal);
}
