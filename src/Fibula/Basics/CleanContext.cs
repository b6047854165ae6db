namespace Fibula;

/// <summary>An <see cref="ExecutionContext"/> without any <see cref="AsyncLocal{T}"/> value, for callbacks that must see none.</summary>
internal static class CleanContext
{
    public static ExecutionContext Value { get; } = CaptureOnAFreshThread();

    // The BCL has no name for the empty context; a thread started without flow begins with it.
    private static ExecutionContext CaptureOnAFreshThread()
    {
        ExecutionContext? clean = null;
        var thread = new Thread(() => clean = ExecutionContext.Capture()) { IsBackground = true };
        thread.UnsafeStart();
        thread.Join();
        return clean!;
    }
}
