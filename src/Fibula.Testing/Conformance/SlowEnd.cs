namespace Fibula.Testing;

/// <summary>Work that runs until it is asked to cancel, and whose clean-up takes as long as a case wants.</summary>
internal sealed class SlowEnd
{
    private readonly TaskCompletionSource _cleansUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cleanUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the work was told and cleans up.</summary>
    public Task CleansUp => _cleansUp.Task;

    /// <summary>Whether the clean-up is over.</summary>
    public bool IsCleanedUp { get; private set; }

    /// <summary>Work that ends when it is told to.</summary>
    public static Task ForeverAsync(TaskContext task) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);

    /// <summary>The work.</summary>
    public async Task RunAsync(TaskContext task)
    {
        try
        {
            await ForeverAsync(task);
        }
        finally
        {
            _cleansUp.SetResult();
            await _cleanUp.Task;
            IsCleanedUp = true;
        }
    }

    /// <summary>Lets the clean-up come to its end.</summary>
    public void Finish() => _cleanUp.SetResult();
}
