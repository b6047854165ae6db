using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Fibula;

/// <summary>A table of the tasks that run: what each does, how far it is and since when, with a button that cancels it.</summary>
/// <remarks>
/// <para><b>Threads.</b> Like every component it belongs to its renderer. It follows the tasks by itself, at most ten times a second.</para>
/// <para><b>Cancellation.</b> A canceled task stays in the table until it has ended.</para>
/// <para>The HTML is plain and needs no script or style; the section around it has the class <c>fibula-tasks</c>.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a component of your own.</para>
/// </remarks>
public sealed partial class BlazorTaskPanel : ComponentBase, IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The same delegate at each rendering: with another one the button would be new to the browser, and a click on the old one might be lost.
    private readonly Dictionary<int, Action> _cancels = [];
    private UiLoop? _loop;
    private TaskScope? _shown;
    private TaskBoard? _board;

    // Ticks while there are tasks, so that their times go on between two changes of the board. _age is added to them.
    private ITimer? _clock;
    private TimeSpan _age;

    /// <summary>Whose tasks to list, with those of its descendants.</summary>
    /// <value>Default: null, all tasks of the circuit.</value>
    [Parameter]
    public TaskScope? Scope { get; set; }

    private IReadOnlyList<TaskSnapshot> Rows => _board?.Rows ?? [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _board?.Dispose();
        _clock?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // None where the page is only prerendered.
        TaskScope? scope = Scope ?? BlazorLoop.OfThisCircuit()?.App!.Tasks;
        if (scope != _shown && scope?.Loop is { } loop)
        {
            _shown = scope;
            _loop = loop;
            _board?.Dispose();
            _board = new TaskBoard(scope);
            _board.Changed += OnBoardChanged;
        }
    }

    private static string Subject(TaskSnapshot task)
    {
        string subject = $"{task.Name} ({task.ScopeName})";
        return task.Progress.Message is { Length: > 0 } message ? $"{subject}: {message}" : subject;
    }

    private static string Number(double fraction) => fraction.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Percent(double fraction) => string.Create(CultureInfo.CurrentCulture, $"{(int)(fraction * 100)} %");

    private static bool IsTold(TaskSnapshot task) => task.State == BackgroundTaskState.Canceling;

    private string Time(TaskSnapshot task)
    {
        TimeSpan time = task.Age + _age;
        return time.TotalHours < 1
            ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");
    }

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
        _age = TimeSpan.Zero;
        foreach (int gone in _cancels.Keys.Except(Rows.Select(static task => task.Id)).ToList())
        {
            _cancels.Remove(gone);
        }

        if (Rows.Count > 0)
        {
            _clock ??= _loop!.TimeProvider.CreateTimer(_ => _loop.Post(Tick), null, Second, Second);
        }
        else
        {
            _clock?.Dispose();
            _clock = null;
        }

        StateHasChanged();
    }

    private void Tick()
    {
        _age += Second;
        StateHasChanged();
    }
}
