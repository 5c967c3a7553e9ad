using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Jobs;

public sealed class TitlesTests
{
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_job_has_a_title_that_people_read(string language)
    {
        await using var house = await House.Open("sqlite");
        var titles = house.Services.GetServices<JobKind>().Select(k => k.Title(CultureInfo.GetCultureInfo(language)));
        titles.ShouldAllBe(title => !title.StartsWith("job_", StringComparison.Ordinal));
    }
}
