namespace Fibula.Analyzers.Tests.Package;

/// <summary>The tests that share <see cref="PackedPackages"/>. They run one after another: each builds with every core.</summary>
[CollectionDefinition]
public sealed class PackedPackagesCollection : ICollectionFixture<PackedPackages>;
