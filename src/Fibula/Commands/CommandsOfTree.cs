namespace Fibula;

/// <summary>The commands of one tree, which hear when their scope closes and when it is renewed. None is held here.</summary>
internal sealed class CommandsOfTree
{
    private const int FewestToPrune = 16;

    // Guards the fields below. Nothing else is called under it.
    private readonly Lock _gate = new();
    private readonly List<WeakReference<TaskCommandBase>> _known = [];
    private int _pruneAt = FewestToPrune;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _known.Count == 0;
            }
        }
    }

    public void Add(TaskCommandBase command)
    {
        lock (_gate)
        {
            _known.Add(new WeakReference<TaskCommandBase>(command));
            if (_known.Count >= _pruneAt)
            {
                _known.RemoveAll(static known => !known.TryGetTarget(out _));
                _pruneAt = Math.Max(FewestToPrune, _known.Count * 2);
            }
        }
    }

    /// <summary>The commands whose scope this one is, or one around it.</summary>
    public List<TaskCommandBase> Within(TaskScope scope) => Now().FindAll(command => command.Scope.IsWithin(scope));

    private List<TaskCommandBase> Now()
    {
        var now = new List<TaskCommandBase>();
        lock (_gate)
        {
            foreach (WeakReference<TaskCommandBase> known in _known)
            {
                if (known.TryGetTarget(out TaskCommandBase? command))
                {
                    now.Add(command);
                }
            }
        }

        return now;
    }
}
