namespace Fibula.Toolkits;

/// <summary>The scope that a view has, and the one that it had before it was shown again.</summary>
internal sealed class ViewScope
{
    // Not held: the commands that go on with the next one hold it.
    private WeakReference<TaskScope>? _last;

    /// <summary>Null until it is asked for.</summary>
    public TaskScope? Current { get; private set; }

    public TaskScope Renew(TaskScope scope)
    {
        Current = scope;
        if (_last?.TryGetTarget(out TaskScope? last) == true)
        {
            ScopeCloser.Renew(last.Node, scope.Node);
        }

        return scope;
    }

    public void Forget()
    {
        _last = Current is null ? _last : new WeakReference<TaskScope>(Current);
        Current = null;
    }
}
