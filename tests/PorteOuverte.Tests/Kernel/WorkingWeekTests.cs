using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Kernel;

public sealed class WorkingWeekTests
{
    [Fact]
    public void A_week_is_written_and_read_back()
    {
        const string Week = "08:30-12:00,,09:00-18:00,09:00-18:00,09:00-17:15,,";
        WorkingWeek.Read(Week).ShouldNotBeNull().ToString().ShouldBe(Week);
        WorkingWeek.Read(WorkingWeek.Default.ToString())!.ToString().ShouldBe(WorkingWeek.Default.ToString());
    }

    [Fact]
    public void By_default_one_works_from_monday_to_friday_nine_to_six()
    {
        WorkingWeek.Default[DayOfWeek.Monday].ShouldBe(new WorkingHours(new(9, 0), new(18, 0)));
        WorkingWeek.Default[DayOfWeek.Friday].ShouldNotBeNull();
        WorkingWeek.Default[DayOfWeek.Saturday].ShouldBeNull();
        WorkingWeek.Default[DayOfWeek.Sunday].ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(",,,,,")]
    [InlineData(",,,,,,,")]
    [InlineData("18:00-09:00,,,,,,")]
    [InlineData("09:00-09:00,,,,,,")]
    [InlineData("09:00,,,,,,")]
    [InlineData("9h-18h,,,,,,")]
    public void What_is_no_week_is_refused(string text) => WorkingWeek.Read(text).ShouldBeNull();
}
