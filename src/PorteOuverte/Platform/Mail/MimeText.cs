using System.Globalization;
using System.Text;

namespace PorteOuverte.Platform.Mail;

/// <summary>A mail as it travels (RFC 5322, 2045 to 2047): ASCII only, short lines, the same bytes each time it is written.</summary>
internal static class MimeText
{
    private const int LongestLine = 76;
    private const int LongestPlainHeader = 70;

    // An encoded word has at most 75 characters; 42 bytes in base64, with its frame, have 68.
    private const int BytesOfAWord = 42;

    private const string Hex = "0123456789ABCDEF";

    public static byte[] Write(OutgoingMail mail)
    {
        var text = new StringBuilder();
        Header(text, "Date", mail.CreatedAt.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(text, "From", Address(mail.FromName, mail.FromAddress));
        Header(text, "To", Address(mail.ToName, mail.ToAddress));
        if (mail.ReplyTo is { } replyTo)
        {
            Header(text, "Reply-To", replyTo);
        }
        Header(text, "Subject", Words(mail.Subject));
        Header(text, "Message-ID", mail.MessageId);
        Header(text, "MIME-Version", "1.0");
        if (mail.Html is null)
        {
            Part(text, "plain", mail.Text);
        }
        else
        {
            // "=_" never stands in quoted-printable: no text can hold the line between the parts.
            var boundary = "=_" + mail.Id;
            Header(text, "Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
            text.Append("\r\n--").Append(boundary).Append("\r\n");
            Part(text, "plain", mail.Text);
            text.Append("--").Append(boundary).Append("\r\n");
            Part(text, "html", mail.Html);
            text.Append("--").Append(boundary).Append("--\r\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Header(StringBuilder text, string name, string value) =>
        text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static void Part(StringBuilder text, string kind, string content)
    {
        Header(text, "Content-Type", $"text/{kind}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "quoted-printable");
        text.Append("\r\n");
        foreach (
            var line in content
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace('\r', '\n')
                .TrimEnd('\n')
                .Split('\n')
        )
        {
            QuotedPrintable(text, Encoding.UTF8.GetBytes(line));
            text.Append("\r\n");
        }
    }

    private static void QuotedPrintable(StringBuilder text, ReadOnlySpan<byte> line)
    {
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var b = line[i];
            // A space that ends a line is lost on some ways.
            var plain =
                b is (>= 33 and <= 126 and not (byte)'=') || (b is (byte)' ' or (byte)'\t' && i < line.Length - 1);
            var width = plain ? 1 : 3;
            if (length + width > LongestLine - 1)
            {
                text.Append("=\r\n");
                length = 0;
            }
            length += width;
            _ = plain ? text.Append((char)b) : text.Append('=').Append(Hex[b >> 4]).Append(Hex[b & 15]);
        }
    }

    private static string Address(string? name, string address)
    {
        if (name is null)
        {
            return address;
        }
        var shown = IsPlain(name)
            ? $"\"{name.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : Words(name, encode: true);
        return $"{shown}\r\n <{address}>";
    }

    private static string Words(string text) => Words(text, !IsPlain(text));

    private static string Words(string text, bool encode)
    {
        if (!encode)
        {
            return text;
        }
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> letter = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = letter[..rune.EncodeToUtf8(letter)];
            if (word.Count + bytes.Length > BytesOfAWord)
            {
                words.Add(Word(word));
                word.Clear();
            }
            word.AddRange(bytes);
        }
        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    private static bool IsPlain(string text) =>
        text.Length <= LongestPlainHeader
        && text.All(c => c is >= ' ' and <= '~')
        && !text.Contains("=?", StringComparison.Ordinal);
}
