using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>What a circuit knows of one component: its scope, and where it is a page that waits for its tasks, its closing. Does not keep it alive.</summary>
internal sealed class OwnedComponent
{
    private readonly BlazorLoop _loop;
    private readonly WeakReference<ITaskOwner> _component;
    private readonly ComponentRefresh _refresh;
    private PageClosing? _closing;
    private bool _isDisposed;

    public OwnedComponent(BlazorLoop loop, ITaskOwner component)
    {
        _loop = loop;
        _component = new WeakReference<ITaskOwner>(component);
        Tasks = loop.App!.Tasks.CreateChild(NameOf(component));
        Tasks.Faulted += fault => loop.Components.NoteFault(fault, this);
        _refresh = new ComponentRefresh(component, Tasks);
    }

    public TaskScope Tasks { get; }

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
        _refresh.Dispose();
        return CloseAsync();
    }

    public Task CloseAsync() => Tasks.CloseAsync($"'{Tasks.Name}' was closed.", member: $"'{Tasks.Name}'", file: null);

    public bool Dispatch(Exception error)
    {
        if (_isDisposed || !_component.TryGetTarget(out ITaskOwner? component) || component is not ComponentBase known)
        {
            return false;
        }

        _ = ComponentMembers.DispatchExceptionAsync(known, error);
        return true;
    }
}
