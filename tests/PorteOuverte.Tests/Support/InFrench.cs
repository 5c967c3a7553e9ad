using System.Globalization;
using System.Reflection;
using Xunit.v3;

namespace PorteOuverte.Tests.Support;

/// <summary>Runs the tests in French, whatever the language of the machine.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class InFrenchAttribute : BeforeAfterTestAttribute
{
    private CultureInfo before = CultureInfo.CurrentUICulture;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => CultureInfo.CurrentUICulture = before;
}
