using FsCheck;
using FsCheck.Fluent;
using PorteOuverte.Features.Clients;

namespace PorteOuverte.Tests.Clients;

public sealed class TermTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void A_contract_without_an_end_has_no_term() => Term.At(Today, null, null, 3, 12).ShouldBeNull();

    [Fact]
    public void Notice_is_given_so_many_months_before_the_last_day() =>
        At("2027-03-31", notice: 3).ShouldBe(new Term(Day("2027-03-31"), Day("2026-12-31"), Day("2027-03-31")));

    [Fact]
    public void The_end_of_a_month_is_clamped() =>
        At("2027-03-31", notice: 1)!.Value.NoticeBefore.ShouldBe(Day("2027-02-28"));

    [Fact]
    public void A_contract_that_renews_itself_is_in_the_term_that_runs() =>
        At("2024-12-31", notice: 2, renewal: 12)
            .ShouldBe(new Term(Day("2026-12-31"), Day("2027-10-31"), Day("2027-12-31")));

    [Fact]
    public void On_the_last_day_one_can_still_object() =>
        Term.At(Day("2026-10-31"), null, Day("2024-12-31"), 2, 12)!.Value.NoticeBefore.ShouldBe(Day("2026-10-31"));

    [Fact]
    public void Renewed_month_by_month_a_31st_stays_one() =>
        Term.At(Day("2026-03-15"), null, Day("2026-01-31"), 0, 1)!.Value.End.ShouldBe(Day("2026-03-31"));

    [Fact]
    public void A_notice_longer_than_the_contract_begins_with_it() =>
        Term.At(Today, Day("2026-11-01"), Day("2026-12-31"), 6, null)!.Value.NoticeBefore.ShouldBe(Day("2026-11-01"));

    [Fact]
    public void What_ended_and_does_not_renew_stays_where_it_was() =>
        At("2025-01-31", notice: 1).ShouldBe(new Term(Day("2025-01-31"), Day("2024-12-31"), Day("2025-01-31")));

    [Fact]
    public void Whatever_the_contract_its_term_makes_sense()
    {
        var cases =
            from start in Gen.Choose(0, 3000)
            from length in Gen.Choose(0, 3000)
            from now in Gen.Choose(-500, 8000)
            from notice in Gen.Choose(0, 36)
            from renewal in Gen.Choose(0, 60)
            select (
                Start: Day("2019-01-31").AddDays(start),
                length,
                Today: Day("2019-01-31").AddDays(now),
                notice,
                renewal
            );
        Prop.ForAll(
                Arb.From(cases),
                c =>
                {
                    var end = c.Start.AddDays(c.length);
                    int? renewal = c.renewal == 0 ? null : c.renewal;
                    var term = Term.At(c.Today, c.Start, end, c.notice, renewal)!.Value;
                    term.NoticeBefore.ShouldBeGreaterThanOrEqualTo(c.Start);
                    term.NoticeBefore.ShouldBeLessThanOrEqualTo(term.NoticeEnd);
                    term.NoticeEnd.ShouldBeGreaterThanOrEqualTo(term.End);
                    term.End.ShouldBeGreaterThanOrEqualTo(end);
                    term.End.Day.ShouldBe(Math.Min(end.Day, DateTime.DaysInMonth(term.End.Year, term.End.Month)));
                    if (renewal is null)
                    {
                        term.End.ShouldBe(end);
                    }
                    else
                    {
                        // The term that runs, and no later one; a day on which one can still object, and no later one.
                        term.End.ShouldBeGreaterThanOrEqualTo(c.Today);
                        term.NoticeBefore.ShouldBeGreaterThanOrEqualTo(c.Today < c.Start ? c.Start : c.Today);
                    }
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static Term? At(string end, int? notice = null, int? renewal = null) =>
        Term.At(Today, null, Day(end), notice, renewal);

    private static DateOnly Day(string day) =>
        DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
