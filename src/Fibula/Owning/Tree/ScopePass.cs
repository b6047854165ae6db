namespace Fibula;

/// <summary>Hands out the live tasks of a scope and its descendants, one by one and outside the gate. Belongs to one thread at a time.</summary>
internal sealed class ScopePass
{
    private readonly TaskTree _tree;
    private readonly ScopeWalk _walk;
    private readonly List<BackgroundTask> _batch = [];
    private int _index;

    /// <summary>Under the gate.</summary>
    public ScopePass(TaskScope top)
    {
        _tree = top.Tree;
        _walk = new ScopeWalk(top);
    }

    /// <summary>Returns null at the end.</summary>
    public BackgroundTask? TakeNext()
    {
        if (_index == _batch.Count)
        {
            _tree.TakeBatch(_walk, _batch);
            _index = 0;
        }

        return _batch.Count == 0 ? null : _batch[_index++];
    }

    /// <summary>Under the gate: nothing more is to be handed out, but for the batch that was taken.</summary>
    public void Stop() => _walk.Stop();
}
