using System.Reflection;
using Fibula.Testing;
using Xunit.Sdk;
using Xunit.v3;

namespace Fibula.Tests.Conformance;

/// <summary>
/// Gives a theory the names of promises that mean something on a loop, each with its behaviour as a trait: all, or for a toolkit whose tests run in
/// two processes those <see cref="OfWindows"/> and all others.
/// </summary>
internal sealed class LoopPromisesAttribute<THost> : DataAttribute
    where THost : LoopHost, new()
{
    /// <summary>True for the promises that need windows only.</summary>
    public bool OfWindows { get; init; }

    /// <summary>True for the promises that need no windows only.</summary>
    public bool OfNoWindows { get; init; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. LoopConformance.PromisesOf(new THost()).Where(IsMeant).Select(Row)]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private bool IsMeant(LoopPromise promise) => !(promise.Needs.Contains(LoopFeature.Windows) ? OfNoWindows : OfWindows);

    private static ITheoryDataRow Row(LoopPromise promise) => new TheoryDataRow<string>(promise.Name).WithTrait("Behaviour", promise.Behaviour);
}
