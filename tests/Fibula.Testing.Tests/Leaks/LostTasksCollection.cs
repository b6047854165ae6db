namespace Fibula.Testing.Tests.Leaks;

/// <summary>Tests that lose methods on purpose. The runtime tells of them process-wide, so they run alone.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class LostTasksCollection;
