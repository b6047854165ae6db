using Xunit.v3;

// What nobody claims on a foreign thread belongs to the one app that runs: tests beside each other would be several.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
