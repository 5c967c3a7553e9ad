using System.Globalization;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.EnterHours;
using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Clients;

public sealed class ReadHoursTests
{
    private static readonly Id<Client> Vega = Id<Client>.New();
    private static readonly Id<Client> Orion = Id<Client>.New();

    [Theory]
    [InlineData("2026-10", "2026-10-01")]
    [InlineData("10/2026", "2026-10-01")]
    [InlineData("1/2026", "2026-01-01")]
    [InlineData("octobre 2026", "2026-10-01")]
    [InlineData("Oct. 2026", "2026-10-01")]
    [InlineData("oct-26", "2026-10-01")]
    [InlineData("August 2026", "2026-08-01")]
    [InlineData("août 2026", "2026-08-01")]
    [InlineData("févr. 2026", "2026-02-01")]
    [InlineData("31/10/2026", "2026-10-01")]
    [InlineData("2026-10-31", "2026-10-01")]
    [InlineData("jui 2026", null)]
    [InlineData("13/2026", null)]
    [InlineData("octobre", null)]
    [InlineData("10/26/2026", null)]
    [InlineData("octobre 1066", null)]
    [InlineData("", null)]
    public void A_month_is_read_or_asked_again(string typed, string? first) =>
        Months.Read(typed)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldBe(first);

    [Theory]
    [InlineData("Véga;2026-10;7,5\nORION;10/2026;7h30")]
    [InlineData("Véga,2026-10,7.5\nORION,10/2026,7:30")]
    [InlineData("Véga,2026-10,\"7,5\"\nORION,10/2026,7.5,,")]
    [InlineData("\uFEFFMois;Heures;Client\r\n2026-10;7,5;Véga\r\n\r\n10/2026;7,5;ORION\r\n")]
    [InlineData("client\tmonth\thours\nVéga\tOctober 2026\t7.5\n\"ORION\"\t10/2026\t7.5")]
    public void A_table_is_read_whatever_stands_between(string text)
    {
        var read = Read(text);
        read.NotRead.ShouldBeEmpty();
        read.Read.ShouldBe([new(Vega, new(2026, 10, 1), 450), new(Orion, new(2026, 10, 1), 450)]);
    }

    [Fact]
    public void What_cannot_be_read_is_said_line_by_line()
    {
        var read = Read(
            "Véga;2026-10;7,5\nNul;2026-10;1\nDeux;2026-10;1\nVéga;hier;1\nVéga;2026-10;peu\nVéga;2026-10\nVéga;2026-10;7,5;8"
        );
        read.Read.Count.ShouldBe(1);
        read.NotRead.Select(u => (u.Line, u.Reason))
            .ShouldBe([
                (2, "reason_client"),
                (3, "reason_twice"),
                (4, "reason_month"),
                (5, "reason_hours"),
                (6, "reason_columns"),
                (7, "reason_columns"),
            ]);
    }

    [Fact]
    public void Lines_of_one_client_and_month_are_added_up() =>
        Read("Véga;2026-10;7,5\nVéga;10/2026;2h15").Read.ShouldBe([new(Vega, new(2026, 10, 1), 585)]);

    [Fact]
    public void A_decimal_comma_between_commas_is_not_guessed() =>
        Read("Véga,2026-10,7,5").NotRead.ShouldHaveSingleItem().Reason.ShouldBe("reason_columns");

    [Fact]
    public void More_lines_than_may_be_are_said()
    {
        var read = Read(string.Join('\n', Enumerable.Repeat("Véga;2026-10;1", ReadHours.MostLines + 1)));
        read.HasTooMany.ShouldBeTrue();
        read.Read.ShouldHaveSingleItem().Minutes.ShouldBe(ReadHours.MostLines * 60);
    }

    [Theory]
    [InlineData(450, "7,5")]
    [InlineData(435, "7,25")]
    [InlineData(420, "7")]
    [InlineData(440, "7h20")]
    public void Hours_are_shown_as_one_types_them(int minutes, string shown)
    {
        Months.Time(minutes, Figures.French).ShouldBe(shown);
        Typed.Minutes(shown).ShouldBe(minutes);
    }

    private static ReadHours Read(string text) =>
        ReadHours.Of(
            text,
            typed =>
                typed switch
                {
                    "Véga" => [Vega],
                    "ORION" => [Orion],
                    "Deux" => [Vega, Orion],
                    _ => [],
                }
        );
}
