namespace Fibula.Testing;

/// <summary>Work that does not react when it is asked to cancel, and says afterwards where it has come to.</summary>
internal sealed class Survivor(UiLoop loop)
{
    private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the work waits.</summary>
    public Task Waits => _waits.Task;

    /// <summary>Whether the token was signaled in the first step after the wait; null before that.</summary>
    public bool? WasTold { get; private set; }

    /// <summary>Whether the first step after the wait was on the thread pool, off the UI thread.</summary>
    public bool WasOnPool { get; private set; }

    /// <summary>Whether the <c>finally</c> of the work has run.</summary>
    public bool IsCleanedUp { get; private set; }

    public BackgroundTask<string> StartIn(TaskScope scope, bool onPool = false) =>
        onPool ? scope.RunOnThreadPool(RunAsync) : scope.Run(RunAsync);

    /// <summary>Lets the work go on after its wait.</summary>
    public void GoOn() => _goOn.SetResult();

    /// <returns>The error that SwitchToUiAsync threw; "none" where it threw none.</returns>
    private async Task<string> RunAsync(TaskContext task)
    {
        try
        {
            _waits.SetResult();
            await _goOn.Task;
            WasTold = task.CancellationToken.IsCancellationRequested;
            WasOnPool = Thread.CurrentThread.IsThreadPoolThread && !loop.CheckAccess();
            await task.SwitchToUiAsync();
            return "none";
        }
#pragma warning disable FIB0014 // Its cancellation is what the work is asked about.
        catch (Exception error)
#pragma warning restore FIB0014
        {
            return error.GetType().Name;
        }
        finally
        {
            IsCleanedUp = true;
        }
    }
}
