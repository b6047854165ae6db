namespace Fibula.Tests.Scopes.Linux;

/// <summary>Tests that measure: nothing else runs in the process meanwhile.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
