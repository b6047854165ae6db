using Fibula.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fibula;

/// <summary>The tasks as plain lines, for a pipe or a log: one when a task becomes visible, one every few seconds, one at its end.</summary>
internal sealed class PlainView : ITaskView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TaskScope _scope;
    private readonly IAnsiConsole _console;
    private readonly ShownTasks _shown;

    // Of each task that has a line: its name, what that line said, and when. Guarded, since tasks may end on any thread after the loop.
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (string Name, string Text, long At)> _written = [];

    public PlainView(TaskScope scope, IAnsiConsole console, ShownTasks shown)
    {
        _scope = scope;
        _console = console;
        _shown = shown;
        scope.TaskStarted += OnTaskStarted;
    }

    public void Show(IReadOnlyList<TaskSnapshot> tasks)
    {
        TimeProvider clock = _scope.Loop!.TimeProvider;
        foreach (TaskSnapshot task in _shown.Of(tasks, TimeSpan.Zero))
        {
            string text = Describe(task);
            lock (_gate)
            {
                if (_written.TryGetValue(task.Id, out (string Name, string Text, long At) last)
                    && (last.Text == text || clock.GetElapsedTime(last.At) < Interval))
                {
                    continue;
                }

                _written[task.Id] = (task.Name, text, clock.GetTimestamp());
            }

            Write($"{task.Name}: {text}");
        }
    }

    public void Show(TaskFault fault) => Write(fault.Message);

    public void Dispose() => _scope.TaskStarted -= OnTaskStarted;

    private static string Describe(TaskSnapshot task)
    {
        string[] parts = task.State == BackgroundTaskState.Canceling
            ? ["canceling"]
            : [TaskText.Progress(task.Progress), task.Progress.Message ?? string.Empty];
        string text = string.Join(", ", parts.Where(static part => part.Length > 0));
        return text.Length > 0 ? text : "running";
    }

    private void OnTaskStarted(BackgroundTask task) => task.StateChanged += (_, state) =>
    {
        string? end = state switch
        {
            BackgroundTaskState.Succeeded => "done",
            BackgroundTaskState.Canceled => "canceled",
            BackgroundTaskState.Faulted => "failed",
            _ => null,
        };
        if (end is not null && Forget(task.Name))
        {
            Write($"{task.Name}: {end}, {TaskText.Time(task.Elapsed)}");
        }
    };

    // The list of tasks and the tasks themselves have the name in common.
    private bool Forget(string name)
    {
        lock (_gate)
        {
            foreach ((int id, (string Name, string Text, long At) line) in _written)
            {
                if (line.Name == name)
                {
                    return _written.Remove(id);
                }
            }

            return false;
        }
    }

    private void Write(string line)
    {
        try
        {
            _console.Write(Segments.Line(new Segment(PrintableText.Of(line))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The pipe is closed, or the disk is full: there is nobody left to tell.
        }
    }
}
