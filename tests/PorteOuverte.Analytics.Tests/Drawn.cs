using FsCheck;

namespace PorteOuverte.Analytics.Tests;

/// <summary>Property checks that draw the same cases each time: a failure is met again by running the test again.</summary>
internal static class Drawn
{
    public static Config Times(int count) =>
        Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20_260_301UL, 15_485_863UL);
}
