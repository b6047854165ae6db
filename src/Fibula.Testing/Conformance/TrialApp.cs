namespace Fibula.Testing;

/// <summary>The app a case runs: its hooks are the case's own.</summary>
internal sealed class TrialApp() : UiApp("Trial")
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Action? AtStartup { get; set; }

    public Func<Task>? WhenRunning { get; set; }

    public Func<ExitCause, Task<bool>>? AtExit { get; set; }

    /// <summary>Ends when <see cref="OnRunningAsync"/> was called.</summary>
    public Task Running => _running.Task;

    protected override void Startup() => AtStartup?.Invoke();

    protected override Task OnRunningAsync()
    {
        try
        {
            return WhenRunning?.Invoke() ?? Task.CompletedTask;
        }
        finally
        {
            _running.SetResult();
        }
    }

    protected override Task<bool> OnExitAsync(ExitCause cause) => AtExit?.Invoke(cause) ?? Task.FromResult(true);
}
