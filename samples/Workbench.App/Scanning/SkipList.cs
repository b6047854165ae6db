using System.Collections.Concurrent;

namespace Workbench;

/// <summary>Collects what is skipped, from any thread.</summary>
internal sealed class SkipList
{
    private readonly ConcurrentQueue<SkippedPath> _paths = new();

    public void Add(string path, SkipException cause) => _paths.Enqueue(new SkippedPath(path, cause.Reason, cause.Message));

    public IReadOnlyList<SkippedPath> InOrder() => [.. _paths.OrderBy(skipped => skipped.Path, StringComparer.Ordinal)];
}
