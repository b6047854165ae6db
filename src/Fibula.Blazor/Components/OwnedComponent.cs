using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>The scope of a component, and its closing if it is a page that waits for its tasks. Does not keep the component alive.</summary>
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

    public TaskScope TasksOf(ITaskOwner component)
    {
        if (_tasks is null)
        {
            _tasks = Watched(_loop.Components.Views.Of(component));
            if (_isDisposed)
            {
                _ = CloseAsync(_tasks);
            }
        }

        return _tasks;
    }

    public void WaitForTasks(Func<Task<bool>>? mayClose)
    {
        _closing ??= new PageClosing(_loop, this);
        _closing.WaitForTasks(mayClose);
    }

    /// <summary>The component is gone: its tasks are canceled, and it accepts none from now on.</summary>
    public Task DisposedAsync()
    {
        _isDisposed = true;
        _closing?.Disposed();
        return _tasks is { } tasks ? CloseAsync(tasks) : Task.CompletedTask;
    }

    /// <summary>The page has been left, or stays after all: it gets a new scope, and so do its commands.</summary>
    public void Renew()
    {
        _refresh?.Dispose();
        _tasks = null;
        if (_component.TryGetTarget(out ITaskOwner? component))
        {
            _loop.Components.Views.Renew(component);
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

    private Task CloseAsync(TaskScope tasks)
    {
        _refresh?.Dispose();
        return tasks.CloseAsync($"'{Name}' was closed.", member: $"'{Name}'", file: null);
    }

    private TaskScope Watched(TaskScope scope)
    {
        scope.Faulted += fault => _loop.Components.NoteFault(fault, this);
        _refresh = _component.TryGetTarget(out ITaskOwner? component) ? new ComponentRefresh(component, scope) : null;
        return scope;
    }
}
