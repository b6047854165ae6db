using Fibula;

// One task that reports and ends, one that only its token ends: the whole way, compiled ahead of time.
(TaskProgress progress, BackgroundTaskState state) = EventLoop.Run(async task =>
{
    BackgroundTask counting = task.Run(async child =>
    {
        await child.SwitchToThreadPoolAsync();
        child.Report(1, 2, "half");
    });
    BackgroundTask waiting = task.Run(token => Task.Delay(Timeout.Infinite, token));

    await counting;
    waiting.Cancel("Enough.");
    await waiting.AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
    return (counting.Progress, waiting.State);
});

// What a window forgets is its own: the state machine of its async void is still read for its name and its window.
var window = new Window();
var loop = new WindowLoop(window);
loop.Start(new UiApp());
window.Load();
window.Close();
string forgotten = loop.Live;
loop.End();

Console.WriteLine($"Ahead of time: {progress}, then {state}. Forgotten: {forgotten}.");
return progress.Fraction is 0.5 && state == BackgroundTaskState.Canceled && forgotten == "LoadAsync, Window.Close" ? 0 : 1;
