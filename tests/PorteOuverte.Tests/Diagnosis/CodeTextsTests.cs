using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Tests.AllTexts;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>The codes of the readers and their texts; what holds for all texts stands in <see cref="AllTexts.TextsTests"/>.</summary>
public sealed class CodeTextsTests
{
    private static readonly IEnumerable<string> Keys = TextPair.Of<FileText>().French.Keys;

    [Fact]
    public void Every_code_of_the_readers_has_its_text()
    {
        Enum.GetNames<NoticeCode>().ShouldAllBe(n => Keys.Contains("notice_" + n));
        Enum.GetNames<RejectReason>().ShouldAllBe(n => Keys.Contains("reject_" + n));
        Enum.GetNames<UnreadableReason>().ShouldAllBe(n => Keys.Contains("unreadable_" + n));
        Enum.GetNames<Level>().ShouldAllBe(n => TextPair.Of<DiagnosisText>().French.Keys.Contains("level_" + n));
    }

    [Fact]
    public void No_text_names_a_code_that_no_longer_exists()
    {
        foreach (var key in Keys)
        {
            var parts = key.Split('_');
            var known = parts[0] switch
            {
                "notice" => Enum.IsDefined(typeof(NoticeCode), parts[1]),
                "reject" => Enum.IsDefined(typeof(RejectReason), parts[1]),
                "unreadable" => Enum.IsDefined(typeof(UnreadableReason), parts[1]),
                _ => true,
            };
            known.ShouldBeTrue(key);
        }
    }
}
