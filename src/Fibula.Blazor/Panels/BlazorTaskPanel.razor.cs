using System.Globalization;
using Fibula.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>A table of the running tasks with their progress, elapsed time and a cancel button.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every component it belongs to its renderer. It updates automatically, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the table until it has ended.</para>
/// <para>The HTML is plain and needs no script or style; the section around it has the class <c>fibula-tasks</c>.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a component of your own.</para>
/// </remarks>
public sealed partial class BlazorTaskPanel : ComponentBase, IDisposable
{
    // The same delegate at each rendering: with another one the button would be new to the browser, and a click on the old one might be lost.
    private readonly Dictionary<int, Action> _cancels = [];
    private TaskScope? _shown;
    private TaskBoard? _board;

    /// <summary>The scope whose tasks to list, including its descendants.</summary>
    /// <value>Default: null, all tasks of the circuit.</value>
    [Parameter]
    public TaskScope? Scope { get; set; }

    private IReadOnlyList<TaskSnapshot> Rows => _board?.Rows ?? [];

    /// <inheritdoc/>
    public void Dispose() => _board?.Dispose();

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // None where the page is only prerendered.
        TaskScope? scope = Scope ?? BlazorLoop.OfThisCircuit()?.App!.Tasks;
        if (scope != _shown && scope is { Loop: not null })
        {
            _shown = scope;
            _board?.Dispose();
            _board = new TaskBoard(scope, showsTime: true);
            _board.Changed += OnBoardChanged;
        }
    }

    private static string Number(double fraction) => fraction.ToString("0.###", CultureInfo.InvariantCulture);

    private static bool IsTold(TaskSnapshot task) => task.State == BackgroundTaskState.Canceling;

    private Action CancelOf(TaskSnapshot task)
    {
        if (!_cancels.TryGetValue(task.Id, out Action? cancel))
        {
            int id = task.Id;
            cancel = () => _board!.Cancel(id);
            _cancels.Add(id, cancel);
        }

        return cancel;
    }

    private void OnBoardChanged()
    {
        foreach (int gone in _cancels.Keys.Except(Rows.Select(static task => task.Id)).ToList())
        {
            _cancels.Remove(gone);
        }

        StateHasChanged();
    }
}
