namespace Fibula;

/// <content>For adapters: the ends of a toolkit's loop that ask nobody, held back until the app has left.</content>
public abstract partial class UiLoop
{
    // Completes when every task has ended or was given up, or when nobody waits for that any longer.
    // Only PumpUntil waits for it, which must not need a thread of the pool to end.
    private readonly TaskCompletionSource _left = new();

    // The toolkit ends its loop once we let it go on; the UI thread's own.
    private bool _endsByItself;

    /// <summary>True once the app has left, and the toolkit's loop may end.</summary>
    protected internal bool HasLeft => _left.Task.IsCompleted;

    /// <summary>Pumps the toolkit's messages inside a callback. Needed where an end can be held back.</summary>
    /// <param name="task">Until when. It may complete on any thread, and has to wake the pump: synchronously, since the thread pool may have no thread for it.</param>
    protected virtual void PumpUntil(Task task) =>
        throw new NotSupportedException($"A {GetType().Name} cannot pump inside a callback, so it cannot hold an end back.");

    /// <summary>Holds back an end of the toolkit's loop that has asked nobody: the tasks are told, and it pumps until they have ended or were given up.
    /// <see cref="QuitCore"/> is not called then. Called on the UI thread; does nothing once the app has left, or where there is none.</summary>
    protected void HoldEnd()
    {
        if (!HasLeft && Owner is { } app)
        {
            _endsByItself = true;
            app.Exit();
            PumpUntil(_left.Task);
        }
    }

    /// <summary>Leaves with the system's session, which ends the process once this has returned: the exit hook is asked with
    /// <see cref="ExitCause.SessionEnding"/> and cannot refuse, then the tasks are told. Each has half of <see cref="UiApp.ForcedExitLimit"/>.
    /// Called on the UI thread; does nothing once the app has left, or where there is none.</summary>
    protected void LeaveWithTheSession()
    {
        if (HasLeft || Owner is not { } app)
        {
            return;
        }

        TimeSpan half = Durations.Half(app.ForcedExitLimit);
        var answered = new TaskCompletionSource();
        _endsByItself = true;

        // By a post, since the system may interrupt the hook itself, which shows a dialog.
        Post(() => InlineContext.OnCompleted(app.EndSessionAsync(), answered.SetResult));
        PumpAtMost(half, answered.Task);
        app.Exit();
        PumpAtMost(half, _left.Task);
        _left.TrySetResult();

        // A handler that the toolkit asks later may still say no, but the app has left.
        Post(QuitCore);
    }

    /// <summary>Leaves with the user's session where the loop cannot pump: the exit hook is asked with <see cref="ExitCause.SessionEnding"/> and cannot refuse,
    /// then the tasks are told. The hook has <see cref="UiApp.ForcedExitLimit"/>, by the loop's clock. Any thread; does nothing where there is no app.</summary>
    /// <returns>A task that ends when the app begins to leave.</returns>
    protected async Task LeaveWithTheSessionAsync()
    {
        if (Owner is not { } app)
        {
            return;
        }

        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (LongTimer.Create(Clock, static isOver => ((TaskCompletionSource)isOver!).SetResult(), isOver, app.ForcedExitLimit))
        {
            await Task.WhenAny(app.EndSessionAsync(), isOver.Task).ConfigureAwait(false);
        }

        app.Exit();
    }

    /// <summary>Every task has ended or was given up.</summary>
    internal void Quit()
    {
        _left.TrySetResult();
        if (!_endsByItself)
        {
            QuitCore();
        }
    }

    private void PumpAtMost(TimeSpan limit, Task task)
    {
        var isOver = new TaskCompletionSource();
        using var countdown = new Countdown(limit, isOver.SetResult);
        PumpUntil(Task.WhenAny(task, isOver.Task));
    }
}
