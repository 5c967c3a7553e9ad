using System.Text;

namespace PorteOuverte.Ledgers.Text;

/// <summary>The encodings a French accounting file comes in, and the choice among the eight-bit ones.</summary>
internal static class CodePages
{
    private static readonly string[] EightBit = ["iso-8859-15", "windows-1252", "ibm850", "macintosh"];

    static CodePages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of one of the names that reports use.</summary>
    public static Encoding Of(string name) => Encoding.GetEncoding(name);

    /// <summary>Decodes strictly valid UTF-8 as such and anything else with <paramref name="fallback"/>: a label cut in the middle of a letter must not spoil the file.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding fallback) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : fallback.GetString(bytes);

    /// <summary>Bytes of 0x80 and above with the kind of their neighbours: all that the choice needs to know of a file.</summary>
    public sealed class Sightings
    {
        // [byte - 128][kind before][kind after]
        private readonly int[] counts = new int[128 * 16];

        public void Add(ReadOnlySpan<byte> text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] >= 0x80)
                {
                    var before = i == 0 ? 0 : Kind(text[i - 1]);
                    var after = i == text.Length - 1 ? 0 : Kind(text[i + 1]);
                    counts[((text[i] - 128) * 16) + (before * 4) + after]++;
                }
            }
        }

        public void Add(Sightings other)
        {
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += other.counts[i];
            }
        }

        /// <summary>The eight-bit encoding under which the sightings look most like French.</summary>
        /// <param name="classicMac">True where lines end with a lone carriage return, as only the old Mac wrote them.</param>
        public string Best(bool classicMac)
        {
            var best = EightBit[0];
            var bestScore = double.NegativeInfinity;
            foreach (var name in EightBit)
            {
                var score = Score(name) + (classicMac && name == "macintosh" ? 0.5 : 0);
                if (score > bestScore)
                {
                    (best, bestScore) = (name, score);
                }
            }
            return best;
        }

        private double Score(string name)
        {
            Span<byte> one = stackalloc byte[1];
            var encoding = Of(name);
            var score = 0.0;
            for (var b = 0; b < 128; b++)
            {
                one[0] = (byte)(b + 128);
                var letter = encoding.GetString(one)[0];
                for (var around = 0; around < 16; around++)
                {
                    var count = counts[(b * 16) + around];
                    if (count > 0)
                    {
                        score += count * Likely(letter, around / 4, around % 4);
                    }
                }
            }
            return score;
        }

        // How French a character is between two neighbours. Kinds: 0 other, 1 lower case, 2 upper case, 3 digit or non-ASCII.
        private static double Likely(char c, int before, int after)
        {
            var inWord = before is 1 or 2 || after is 1 or 2;
            return c switch
            {
                'é' or 'è' or 'à' or 'ç' or 'ê' => inWord || after == 0 ? 3 : -1,
                'â' or 'ô' or 'î' or 'û' or 'ù' or 'ë' or 'ï' or 'ü' or 'œ' => before == 2 && after == 2 ? 0 : inWord ? 2 : -1,
                'É' or 'È' or 'À' or 'Ç' or 'Ê' or 'Ô' or 'Î' or 'Â' or 'Û' or 'Ù' or 'Ë' or 'Ï' or 'Œ' => before == 1 ? -3
                : after is 1 or 2 || before == 2 ? 1.5
                : -1,
                '€' or '°' or '«' or '»' or '’' or '–' or '—' or '…' or '\u00A0' or '‘' or '“' or '”' or '§' or '²' or '³' or '½' or '®' or '•' or '·' or '™' or '¼' or '±' =>
                    c is '’' or '‘' || before != 1 || after != 1 ? 1 : -1,
                >= '\u0080' and <= '\u009F' => -10,
                >= '\u2500' and <= '\u259F' => -5,
                _ when char.IsLetter(c) => -1,
                _ => -2,
            };
        }

        private static int Kind(byte b) =>
            b switch
            {
                >= (byte)'a' and <= (byte)'z' => 1,
                >= (byte)'A' and <= (byte)'Z' => 2,
                >= (byte)'0' and <= (byte)'9' or >= 0x80 => 3,
                _ => 0,
            };
    }
}
