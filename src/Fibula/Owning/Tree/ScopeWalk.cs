namespace Fibula;

/// <summary>
/// A walk over the live tasks of a scope and its descendants, in batches, while tasks come and go in between: a list of very many
/// at once would take longer than a turn may. Every member is called under the tree's gate.
/// </summary>
internal sealed class ScopeWalk
{
    private const int BatchSize = 256;

    private readonly List<ScopeNode> _scopes = [];
    private int _index;

    // The last task handed out of the current scope, or the one before it if that has left; null at the beginning of a scope.
    private BackgroundTask? _last;

    public ScopeWalk(TaskScope top)
    {
        _scopes.AddRange(top.Node.LiveSubtree());
        _scopes[0].BeginWalk(this);
    }

    /// <summary>Fills a list with the next tasks; with none at the end.</summary>
    public void TakeBatch(List<BackgroundTask> batch)
    {
        batch.Clear();
        while (batch.Count < BatchSize && _index < _scopes.Count)
        {
            if ((_last is null ? _scopes[_index].FirstTask : _last.Node.Next) is { } next)
            {
                _last = next;
                batch.Add(next);
            }
            else
            {
                GoToNextScope();
            }
        }
    }

    /// <summary>A task is about to leave the list of the current scope.</summary>
    public void OnLeaving(BackgroundTask task)
    {
        if (_last == task)
        {
            _last = task.Node.Previous;
        }
    }

    public void Stop()
    {
        if (_index < _scopes.Count)
        {
            _scopes[_index].EndWalk(this);
            _index = _scopes.Count;
        }
    }

    private void GoToNextScope()
    {
        _scopes[_index].EndWalk(this);
        _last = null;
        _index++;
        if (_index < _scopes.Count)
        {
            _scopes[_index].BeginWalk(this);
        }
    }
}
