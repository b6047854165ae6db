namespace Fibula.Benchmarks;

/// <summary>The least that a handle is: an object that is told when the work has ended, and can be awaited itself.</summary>
internal sealed class PartHandle
{
    private readonly TaskCompletionSource _completion = new();
    private Task? _work;

    public Task Watch(Task work)
    {
        _work = work;
        work.GetAwaiter().UnsafeOnCompleted(OnEnded);
        return _completion.Task;
    }

    private void OnEnded() => _completion.SetFromTask(_work!);
}
