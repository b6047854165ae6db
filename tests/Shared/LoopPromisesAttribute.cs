using System.Reflection;
using Fibula.Testing;
using Xunit.Sdk;
using Xunit.v3;

namespace Fibula.Tests.Conformance;

/// <summary>Gives a theory the names of all promises that mean something on a loop, each with its behaviour as a trait.</summary>
internal sealed class LoopPromisesAttribute<THost> : DataAttribute
    where THost : LoopHost, new()
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. LoopConformance.PromisesOf(new THost()).Select(Row)]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private static ITheoryDataRow Row(LoopPromise promise) => new TheoryDataRow<string>(promise.Name).WithTrait("Behaviour", promise.Behaviour);
}
