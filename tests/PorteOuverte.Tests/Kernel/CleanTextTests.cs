using System.Text;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Tests.Kernel;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  Claire\tAubry ", "Claire Aubry")]
    [InlineData("Claire\r\nBcc: tous@example.com", "Claire  Bcc: tous@example.com")]
    [InlineData("Claire\u2028Aubry\0\u001B", "Claire Aubry")]
    [InlineData("\uFFFEa\uFFFFb\uFDD0c\uD83F\uDFFE", "abc")]
    [InlineData("Chêne 🌳 œuf\uFFFD", "Chêne 🌳 œuf\uFFFD")]
    [InlineData("\0\u0001\uFFFE", "")]
    public void A_line_holds_text_and_nothing_else(string? typed, string line) => CleanText.Line(typed).ShouldBe(line);

    [Fact]
    public void A_half_of_a_character_is_none() => CleanText.Line("a\uD800b\uDC00\uD83C").ShouldBe("ab");

    [Fact]
    public void Several_lines_keep_their_ends_of_one_kind() =>
        CleanText.Lines("\r\n Bonjour,\r\n\tPaul\0\u2028à bientôt\n").ShouldBe("Bonjour,\n\tPaul\nà bientôt");

    [Fact]
    public void Cut_it_holds_no_half_of_a_character()
    {
        CleanText.Line("ab🌳", 3).ShouldBe("ab");
        CleanText.Lines("ab🌳", 4).ShouldBe("ab🌳");
    }

    [Fact]
    public void Every_sixteen_bits_there_are_can_be_normalized_then()
    {
        var all = string.Concat(Enumerable.Range(0, 0x10000).Reverse().Select(c => (char)c));
        Should.NotThrow(() => CleanText.Line(all).Normalize(NormalizationForm.FormD));
        Should.NotThrow(() => PlainLetters.Of(all));
    }
}
