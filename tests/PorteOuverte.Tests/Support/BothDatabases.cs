using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace PorteOuverte.Tests.Support;

/// <summary>Runs the test once on each database. The second time is a category of its own, which the fast tier leaves to the others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([new TheoryDataRow("sqlite"), new TheoryDataRow("postgres") { Traits = { ["Category"] = ["Postgres"] } }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
