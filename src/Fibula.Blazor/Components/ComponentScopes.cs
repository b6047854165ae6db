using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>The components of one circuit that asked for their scope.</summary>
internal sealed class ComponentScopes(BlazorLoop loop)
{
    private readonly ConditionalWeakTable<ITaskOwner, OwnedComponent> _components = [];

    // The fault that climbs at the moment, and the innermost component on its way.
    private TaskFault? _fault;
    private OwnedComponent? _faulted;

    public ComponentViews Views { get; } = new(loop);

    public static TaskScope ScopeOf(ITaskOwner component)
    {
        ArgumentNullException.ThrowIfNull(component);
        return LoopOf(component)?.Components.Of(component) ?? Prerendering.AppOf(OwnedComponent.NameOf(component)).Tasks;
    }

    public static void WaitForTasks(ITaskOwner page, Func<Task<bool>>? mayClose)
    {
        ArgumentNullException.ThrowIfNull(page);
        LoopOf(page)?.Components.Get(page).WaitForTasks(mayClose);
    }

    public static Task DisposedAsync(ITaskOwner component)
    {
        ArgumentNullException.ThrowIfNull(component);

        // The caller may have left the circuit, as after ConfigureAwait(false): then one that knows the component is looked for.
        var current = BlazorLoop.OfThisCircuit();
        foreach (BlazorLoop loop in current is not null ? BlazorLoop.All.Prepend(current) : BlazorLoop.All)
        {
            if (loop.Components._components.TryGetValue(component, out OwnedComponent? known))
            {
                return loop.InvokeAsync(() => known.DisposedAsync());
            }
        }

        // It has not asked for its tasks so far, and may do so after an await.
        return current is not null && !IsElsewhere(component) ? current.Components.Get(component).DisposedAsync() : Task.CompletedTask;
    }

    public TaskScope Of(ITaskOwner component) => Get(component).TasksOf(component);

    public void NoteFault(TaskFault fault, OwnedComponent component)
    {
        if (_fault != fault)
        {
            _fault = fault;
            _faulted = component;
        }
    }

    /// <summary>Leads a fault to the error boundary around the component it came from.</summary>
    /// <returns>False if it came from none, or that is gone.</returns>
    public bool DispatchToItsComponent(TaskFault fault)
    {
        OwnedComponent? component = _fault == fault ? _faulted : null;
        _fault = null;
        _faulted = null;
        return component?.Dispatch(fault.Exception) == true;
    }

    private static BlazorLoop? LoopOf(ITaskOwner component)
    {
        bool isElsewhere = IsElsewhere(component);
        if (!isElsewhere && BlazorLoop.OfThisCircuit() is { } loop)
        {
            return loop;
        }

        return ComponentMembers.IsPrerendered(component)
            ? null
            : throw new InvalidOperationException(isElsewhere
                ? $"Tasks of '{OwnedComponent.NameOf(component)}' were asked for outside the circuit of its user, such as in an event of another user's. "
                    + "Ask there: use 'await InvokeAsync(…)' of the component."
                : $"There is no app that could own tasks of '{OwnedComponent.NameOf(component)}' here. "
                + "Call UseFibula() after AddInteractiveServerComponents(), and ask for the tasks where the component may be touched.");
    }

    // A handler of one user's component may be called in another user's circuit.
    private static bool IsElsewhere(ITaskOwner component) =>
        component is ComponentBase known && ComponentMembers.DispatcherOf(known)?.CheckAccess() == false;

    private OwnedComponent Get(ITaskOwner component) => _components.GetValue(component, component => new OwnedComponent(loop, component));
}
