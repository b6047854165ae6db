using Fibula.Diagnostics;
using Spectre.Console;

namespace Fibula;

/// <summary>The tasks of a scope on a console, until the loop ends or this is disposed: what <see cref="SpectreConsoleExtensions.ShowProgress"/> returns.</summary>
/// <remarks>
/// <para><b>On a terminal</b> each running task has a line with its name, a bar, the amount, the time, and the last message. A task without a known total has a moving
/// bar. A task that is canceled says "Canceling …" until it has ended. The line of a task disappears when the task ends. There are at most ten changes a second.</para>
/// <para><b>Elsewhere</b>, such as in a pipe, a log or a dumb terminal, a task has a plain line when it becomes visible, at most every five seconds after that, and at its end.</para>
/// <para>Two kinds of tasks have a line only once they report progress: those that run already when the display starts, such as the method of
/// <see cref="EventLoop.Run(Func{TaskContext, Task})"/>, and those that wait for another listed task.</para>
/// <para><b>Other output.</b> Whole lines that the program writes by <see cref="AnsiConsole"/>, <see cref="Console.Out"/> or <see cref="Console.Error"/> appear above the
/// bars. An unfinished line of <see cref="Console.Out"/> appears when it is complete or the bars are gone; one of <see cref="AnsiConsole"/> is completed. A console can have
/// one display at a time. Dispose it before a prompt, before another live display of Spectre.Console, and before starting a process that writes to the same terminal.</para>
/// <para><b>Threads.</b> <see cref="Dispose"/> may be called on any thread. The bars are drawn on the UI thread: a blocked UI thread shows no progress.</para>
/// <para><b>Cancellation.</b> The display cancels nothing. After Ctrl-C, which cancels all tasks of the app, it stays until they have ended. However the process ends, the
/// cursor is visible again, unless the process is killed.</para>
/// <para><b>Errors.</b> An unhandled fault stays as a red line, and counts as <see cref="TaskFault.Handled"/>: the loop no longer writes it with its stack. To log it,
/// subscribe to <see cref="TaskScope.Faulted"/> of the same scope. A console that can no longer be written to ends the display.</para>
/// <para>Use <see cref="TaskBoard"/> instead to show the tasks in a display of your own.</para>
/// </remarks>
/// <example>
/// <code source="tests/Fibula.SpectreConsole.Tests/Examples/DisplayExampleTests.cs#dispose">
/// using (task.Scope.ShowProgress(_bench.Console))
/// {
///     await task.Run(ImportAsync);
/// }
///
/// string answer = Ask("Import the prices of tomorrow too?");       // no line of a task in the way
/// </code>
/// </example>
public sealed class TaskDisplay : IDisposable
{
    internal static readonly TimeSpan DefaultDelay = TimeSpan.FromMilliseconds(500);

    private readonly TaskScope _scope;
    private readonly TaskBoard _board;
    private readonly ITaskView _view;

    internal TaskDisplay(TaskScope scope, IAnsiConsole console, TimeSpan showDelay)
    {
        _scope = scope;
        var shown = new ShownTasks(scope, showDelay);
        _view = IsTerminal(console) ? new LiveView(scope, console, shown, onEnd: Dispose) : new PlainView(scope, console, shown);
        _board = new TaskBoard(scope, showsTime: true);
        _board.Changed += OnChanged;
        scope.Faulted += OnFaulted;
    }

    /// <summary>Ends the display: the bars disappear, and later tasks and faults are not shown.</summary>
    public void Dispose()
    {
        _scope.Faulted -= OnFaulted;

        // The process may end while the display is still being created.
        _board?.Dispose();
        _view?.Dispose();
    }

    internal static IAnsiConsole DefaultConsole()
    {
        // Makes the display of a loop that has just ended give the writers back: only then the console counts as a terminal again.
        Console.Out.Flush();
        Console.Error.Flush();
        return IsTerminal(AnsiConsole.Console)
            ? AnsiConsole.Console
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    }

    // A build server may understand colors, but no movements of the cursor.
    private static bool IsTerminal(IAnsiConsole console) =>
        console.Profile is { Capabilities: { Ansi: true } can, Out.IsTerminal: var isTerminal } && (isTerminal || can.Interactive);

    private void OnChanged() => _view.Show(_board.Rows);

    private void OnFaulted(TaskFault fault)
    {
        if (!fault.Handled)
        {
            fault.Handled = true;
            _view.Show(fault);
        }
    }
}
