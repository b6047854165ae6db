namespace Story;

/// <summary>Work started wherever a program can start it. What is printed is the same on every toolkit, but for the numbers of the threads.</summary>
internal sealed class Lesson : UiApp
{
    // Calls a handler in the way the toolkit calls one: makes a button, and clicks it.
    private readonly Action<Action> _click;

    // What begins before the app runs goes on when it does.
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BackgroundTask? _ofStartup;
    private int _line;

    public Lesson(Action<Action> click)
    {
        _click = click;
        Start("the constructor");
    }

    /// <summary>Tells how the app has ended.</summary>
    public void End() => Say($"The app has left: {CloseReport!.LostCount} tasks were lost");

    protected override void Startup()
    {
        _ofStartup = Start("Startup");
        Post(() => Say("What Startup has posted"));
    }

    protected override async Task OnRunningAsync()
    {
        Say("A task that nobody awaits is started by OnRunningAsync");
        Tasks.CreateChild("the window").Run(WaitAsync);
        _running.SetResult();
        await _ofStartup!;
        await await Task.Run(() => Start("another thread"));

        var clicked = new TaskCompletionSource<BackgroundTask>();
        _click(() => clicked.SetResult(Start("a handler")));
        await await clicked.Task;

        Say("The app leaves");
        Exit();
    }

    private BackgroundTask Start(string who)
    {
        Say($"A task is started by {who}");
        return Tasks.Run(async () =>
        {
            Say($"The task of {who} begins");
            await _running.Task;
            await Task.Yield();
            Say($"The task of {who} goes on");
        });
    }

    private async Task WaitAsync(TaskContext task)
    {
        try
        {
            await task.Delay(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            await task.SwitchToUiAsync();
            Say("The task that nobody awaits was told, and cleans up");
        }
    }

    private void Say(string what) => Console.WriteLine($"{Interlocked.Increment(ref _line),2}. {what + ',',-57} {Place} {Environment.CurrentManagedThreadId}");

    private string Place => Loop is not { HasEnded: false } ? "thread" : Loop.CheckAccess() ? "UI thread" : "other thread";
}
