namespace Fibula.Testing;

/// <summary>A post that posts itself again until it is disposed.</summary>
internal sealed class Reposter : IDisposable
{
    private readonly UiLoop _loop;
    private TaskCompletionSource? _reached;
    private int _left;
    private volatile bool _isStopped;

    public Reposter(UiLoop loop)
    {
        _loop = loop;
        loop.Post(RunAgain);
    }

    /// <summary>Waits until it has run so many times more.</summary>
    public Task RunsAsync(int times = 20)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() => (_reached, _left) = (reached, times));
        return Expect.HappensAsync(reached.Task, "A post that re-posts itself does not run any more.");
    }

    public void Dispose() => _isStopped = true;

    private void RunAgain()
    {
        if (_left-- == 0)
        {
            _reached?.SetResult();
        }

        if (!_isStopped)
        {
            _loop.Post(RunAgain);
        }
    }
}
