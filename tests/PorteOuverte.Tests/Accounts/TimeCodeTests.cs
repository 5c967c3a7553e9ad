using PorteOuverte.Platform.Security;

namespace PorteOuverte.Tests.Accounts;

/// <summary>The codes of an authenticator application, against the vectors of RFC 6238.</summary>
public sealed class TimeCodeTests
{
    // "12345678901234567890" in Base32.
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_code_of_a_moment_is_the_one_of_the_standard(long seconds, string code)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
        TimeCode.Code(Key, moment).ShouldBe(code);
        TimeCode.Step(Key, code, moment, after: null).ShouldBe(seconds / 30);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_half_a_minute_wrong(int steps, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_010);
        var code = TimeCode.Code(Key, now.AddSeconds(30 * steps));
        (TimeCode.Step(Key, code, now, after: null) is not null).ShouldBe(taken);
    }

    [Fact]
    public void A_code_is_not_taken_twice_nor_one_before_it()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_010);
        var step = TimeCode.Step(Key, TimeCode.Code(Key, now), now, after: null)!.Value;
        TimeCode.Step(Key, TimeCode.Code(Key, now), now, step).ShouldBeNull();
        TimeCode.Step(Key, TimeCode.Code(Key, now.AddSeconds(-30)), now, step).ShouldBeNull();
        TimeCode.Step(Key, TimeCode.Code(Key, now.AddSeconds(30)), now, step).ShouldBe(step + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("２８７０８２")]
    public void What_is_no_code_is_refused(string typed) =>
        TimeCode.Step(Key, typed, DateTimeOffset.FromUnixTimeSeconds(59), after: null).ShouldBeNull();
}
