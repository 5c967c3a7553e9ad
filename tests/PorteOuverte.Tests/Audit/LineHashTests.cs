using FsCheck;
using FsCheck.Fluent;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Tests.Audit;

/// <summary>H3: what is hashed of a line tells every line from every other.</summary>
public sealed class LineHashTests
{
    // Few letters and short texts, so that fields often run into each other if they can.
    private static readonly Gen<string?> Text = Gen.OneOf(
        Gen.Constant<string?>(null),
        Gen.Elements('a', 'b', '\0', '\u0001', 'é', ':').ArrayOf().Select(c => (string?)new string(c))
    );

    private static readonly Gen<AuditLine> Lines =
        from number in Gen.Choose(1, 3)
        from at in Gen.Choose(0, 2)
        from person in Gen.Choose(0, 2)
        from source in Text
        from action in Text
        from kind in Text
        from id in Text
        from details in Text
        from previous in Gen.Choose(0, 1)
        select new AuditLine
        {
            WorkspaceId = new Id<Workspace>(new Guid(at, 0, 0, new byte[8])),
            Number = number,
            At = new DateTime(at * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc),
            PersonId = person == 0 ? null : new Id<Person>(new Guid(person, 0, 0, new byte[8])),
            Source = source,
            Action = action ?? "",
            SubjectKind = kind,
            SubjectId = id,
            Details = details,
            Previous = new byte[previous * LineHash.Length],
        };

    [Fact]
    public void No_two_lines_give_the_same_bytes() =>
        Prop.ForAll(
                Arb.From(Gen.Two(Lines)),
                pair => Fields(pair.Item1) == Fields(pair.Item2) == (Bytes(pair.Item1) == Bytes(pair.Item2))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_letter_that_moves_to_the_next_field_changes_the_bytes()
    {
        Bytes(Line("ab", "c")).ShouldNotBe(Bytes(Line("a", "bc")));
        Bytes(Line("", null)).ShouldNotBe(Bytes(Line(null, "")));
    }

    [Fact]
    public void A_text_that_has_no_bytes_of_its_own_gives_no_line() =>
        Should.Throw<ArgumentException>(() => LineHash.Of(Line("\uD800", null)));

    private static AuditLine Line(string? source, string? kind) =>
        new()
        {
            WorkspaceId = default,
            Number = 1,
            At = default,
            Source = source,
            Action = "",
            SubjectKind = kind,
            Previous = LineHash.Genesis,
        };

    private static string Bytes(AuditLine line) => Convert.ToHexString(LineHash.Encode(line));

    private static (Id<Workspace>, long, DateTime, Id<Person>?, string?, string, string?, string?, string?, int) Fields(
        AuditLine l
    ) =>
        (
            l.WorkspaceId,
            l.Number,
            l.At,
            l.PersonId,
            l.Source,
            l.Action,
            l.SubjectKind,
            l.SubjectId,
            l.Details,
            l.Previous.Length
        );
}
