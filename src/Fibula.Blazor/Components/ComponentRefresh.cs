using Fibula.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>Renders a component again when its tasks report progress, at most ten times a second. It does not keep the component alive.</summary>
internal sealed class ComponentRefresh : IDisposable
{
    private readonly WeakReference<ITaskOwner> _component;
    private readonly TaskBoard _board;
    private List<(int Id, BackgroundTaskState State, TaskProgress Progress)> _shown = [];

    public ComponentRefresh(ITaskOwner component, TaskScope scope)
    {
        _component = new WeakReference<ITaskOwner>(component);
        _board = new TaskBoard(scope);
        _board.Changed += OnBoardChanged;
    }

    public void Dispose() => _board.Dispose();

    // The board follows the whole circuit; most of that is none of this component's.
    private void OnBoardChanged()
    {
        List<(int Id, BackgroundTaskState State, TaskProgress Progress)> now = [.. _board.Rows.Select(static task => (task.Id, task.State, WithoutEstimates(task.Progress)))];
        if (!now.SequenceEqual(_shown) && _component.TryGetTarget(out ITaskOwner? component) && component is ComponentBase known)
        {
            _shown = now;
            ComponentMembers.StateHasChanged(known);
        }
    }

    // They are different at each look, also while the task reports nothing.
    private static TaskProgress WithoutEstimates(TaskProgress progress) => progress with { Rate = null, Remaining = null };
}
