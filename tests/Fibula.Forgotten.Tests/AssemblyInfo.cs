// What nobody claims on a foreign thread belongs to the one app that runs: tests beside each other would be several.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
