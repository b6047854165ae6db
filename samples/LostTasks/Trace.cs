namespace LostTasks;

/// <summary>What can be seen of one piece of work from outside, without keeping it alive.</summary>
internal sealed class Trace
{
    private readonly TaskCompletionSource _finallyRan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WeakReference? _witness;

    public bool IsAlive => _witness!.IsAlive;

    public bool HasResumed { get; private set; }

    public bool FinallyRan => _finallyRan.Task.IsCompleted;

    public Task UntilFinallyRan => _finallyRan.Task;

    /// <summary>Called by the work before it waits. It keeps what it gets until after the wait, so that dies when the work does.</summary>
    public object Begin()
    {
        object witness = new();
        _witness = new WeakReference(witness);
        return witness;
    }

    public void Resumed(object witness)
    {
        HasResumed = true;
        GC.KeepAlive(witness);
    }

    public void Finally() => _finallyRan.SetResult();
}
