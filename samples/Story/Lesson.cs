using Fibula;

namespace Story;

/// <summary>Work started wherever a program can start it. What is printed is the same on every toolkit, but for the numbers of the threads.</summary>
internal sealed class Lesson : UiApp
{
    // Calls a handler in the way the toolkit calls one: makes a button, and clicks it.
    private readonly Action<Action> _click;
    private readonly TaskScope _window;
    private readonly BackgroundTask _ofConstructor;
    private BackgroundTask? _ofStartup;
    private int _line;

    public Lesson(Action<Action> click)
        : base("Story")
    {
        _click = click;
        _window = Tasks.CreateChild("the window");
        Say("The constructor starts a task");
        _ofConstructor = Tasks.Run(() => TellAsync("the constructor"));
    }

    protected override void Startup()
    {
        Say("Startup starts a task");
        _ofStartup = Tasks.Run(() => TellAsync("Startup"));
        Post(() => Say("What Startup has posted"));
    }

    protected override async Task OnRunningAsync()
    {
        Say("OnRunningAsync starts a task that nobody awaits");
        _window.Run(WaitAsync);
        await _ofConstructor;
        await _ofStartup!;

        BackgroundTask ofThread = await Task.Run(() =>
        {
            Say("Another thread starts a task");
            return Tasks.Run(() => TellAsync("another thread"));
        });
        await ofThread;

        var clicked = new TaskCompletionSource<BackgroundTask>();
        _click(() =>
        {
            Say("A handler starts a task");
            clicked.SetResult(Tasks.Run(() => TellAsync("a handler")));
        });
        await await clicked.Task;

        Say("The app leaves");
        Exit();
    }

    /// <summary>Tells how the app has ended.</summary>
    public void End()
    {
        CloseReport report = CloseReport!;
        Say($"The app has left: {report.LostCount} tasks were lost");
    }

    private async Task TellAsync(string who)
    {
        Say($"The task of {who} begins");
        await Task.Yield();
        Say($"The task of {who} goes on");
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

    private void Say(string what) => Console.WriteLine($"{Interlocked.Increment(ref _line),2}. {what + ',',-57} {Place()} {Environment.CurrentManagedThreadId}");

    private string Place() => Loop is null ? "thread" : Loop.HasEnded ? "thread" : Loop.CheckAccess() ? "UI thread" : "other thread";
}
