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

    public TaskScope Tasks => _tasks ??= NewScope();

    public static string NameOf(ITaskOwner component) => component.GetType().Name;

    public void WaitForTasks(Func<Task<bool>>? mayClose)
    {
        _closing ??= new PageClosing(_loop, this);
        _closing.WaitForTasks(mayClose);
    }

    public Task DisposedAsync()
    {
        _isDisposed = true;
        _closing?.Disposed();
        _refresh?.Dispose();
        return CloseAsync();
    }

    /// <summary>The page has been left, and may be shown again for the new address: it gets a new scope when it asks.</summary>
    public void Renew()
    {
        _refresh?.Dispose();
        _tasks = null;
    }

    public Task CloseAsync() => Tasks.CloseAsync($"'{Name}' was closed.", member: $"'{Name}'", file: null);

    public bool Dispatch(Exception error)
    {
        if (_isDisposed || !_component.TryGetTarget(out ITaskOwner? component) || component is not ComponentBase known)
        {
            return false;
        }

        _ = ComponentMembers.DispatchExceptionAsync(known, error);
        return true;
    }

    private TaskScope NewScope()
    {
        TaskScope scope = _loop.App!.Tasks.CreateChild(Name);
        scope.Faulted += fault => _loop.Components.NoteFault(fault, this);
        _refresh = _component.TryGetTarget(out ITaskOwner? component) ? new ComponentRefresh(component, scope) : null;
        return scope;
    }
}
