namespace Fibula;

/// <summary>What a thread has as its contexts when it calls into the library, to be put back after the call.</summary>
internal readonly struct CallersContext
{
    private readonly SynchronizationContext? _synchronization;
    private readonly ExecutionContext? _execution;

    private CallersContext(SynchronizationContext? synchronization, ExecutionContext? execution, bool isFlowSuppressed)
    {
        _synchronization = synchronization;
        _execution = execution;
        IsFlowSuppressed = isFlowSuppressed;
    }

    /// <summary>The caller does not want its context to flow. It does flow until <see cref="PutBack"/>, or what runs meanwhile would lose its own.</summary>
    public bool IsFlowSuppressed { get; }

    public static CallersContext Take()
    {
        // A suppressed context can't be captured, so it could not be put back either.
        bool isFlowSuppressed = ExecutionContext.IsFlowSuppressed();
        if (isFlowSuppressed)
        {
            ExecutionContext.RestoreFlow();
        }

        return new CallersContext(SynchronizationContext.Current, ExecutionContext.Capture(), isFlowSuppressed);
    }

    public void PutBack()
    {
        ExecutionContext.Restore(_execution ?? CleanContext.Value);
        if (IsFlowSuppressed)
        {
            ExecutionContext.SuppressFlow();
        }

        SynchronizationContext.SetSynchronizationContext(_synchronization);
    }
}
