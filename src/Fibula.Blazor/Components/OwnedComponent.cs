using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>What a circuit knows of one component: its scope, and where it is a page that waits for its tasks, its closing. Does not keep it alive.</summary>
internal sealed class OwnedComponent
{
    private readonly BlazorLoop _loop;
    private readonly WeakReference<ITaskOwner> _component;
    private TaskScope? _tasks;
    private ComponentRefresh? _refresh;
    private PageClosing? _closing;
    private bool _isDisposed;

    public OwnedComponent(BlazorLoop loop, ITaskOwner component)
    {
        _loop = loop;
        _component = new WeakReference<ITaskOwner>(component);
        Name = NameOf(component);
    }

    public string Name { get; }

    /// <summary>The scope of the component, once it was asked for.</summary>
    public IReadOnlyList<TaskScope> TaskScopes => _tasks is { } tasks ? [tasks] : [];

    public static string NameOf(ITaskOwner component) => component.GetType().Name;

    public TaskScope TasksOf(ITaskOwner component) => _tasks ??= Watched(_loop.Components.Views.Of(component));

    public void WaitForTasks(Func<Task<bool>>? mayClose)
    {
        _closing ??= new PageClosing(_loop, this);
        _closing.WaitForTasks(mayClose);
    }

    public Task DisposedAsync(ITaskOwner component)
    {
        _isDisposed = true;
        _closing?.Disposed();
        TaskScope tasks = TasksOf(component);
        _refresh?.Dispose();
        return tasks.CloseAsync($"'{Name}' was closed.", member: $"'{Name}'", file: null);
    }

    /// <summary>The page has been left, or stays after all: it gets a new scope, and so do its commands.</summary>
    public void Renew()
    {
        _refresh?.Dispose();
        _tasks = null;
        if (_component.TryGetTarget(out ITaskOwner? component))
        {
            _loop.Components.Views.Forget(component);
            _ = TasksOf(component);
        }
    }

    public bool Dispatch(Exception error)
    {
        if (_isDisposed || !_component.TryGetTarget(out ITaskOwner? component) || component is not ComponentBase known)
        {
            return false;
        }

        _ = ComponentMembers.DispatchExceptionAsync(known, error);
        return true;
    }

    private TaskScope Watched(TaskScope scope)
    {
        scope.Faulted += fault => _loop.Components.NoteFault(fault, this);
        _refresh = _component.TryGetTarget(out ITaskOwner? component) ? new ComponentRefresh(component, scope) : null;
        return scope;
    }
}
