namespace Fibula;

/// <summary>The commands of one tree, which hear when their scope closes and when it is renewed. None is held here.</summary>
internal sealed class CommandsOfTree
{
    // Guards the list. Nothing else is called under it.
    private readonly Lock _gate = new();
    private readonly WeakList<TaskCommandBase> _known = new();

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _known.IsEmpty;
            }
        }
    }

    public void Add(TaskCommandBase command)
    {
        lock (_gate)
        {
            _known.Add(command);
        }
    }

    /// <summary>The commands whose scope this one is, or one around it.</summary>
    public List<TaskCommandBase> Within(TaskScope scope)
    {
        List<TaskCommandBase> now;
        lock (_gate)
        {
            now = _known.Now();
        }

        return now.FindAll(command => command.Scope.IsWithin(scope));
    }
}
