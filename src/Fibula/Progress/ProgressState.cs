namespace Fibula;

/// <summary>The progress of one task: takes reports from any thread, and stops taking them when the task ends.</summary>
internal sealed class ProgressState(BackgroundTask task)
{
    // The object itself is the lock, since each task that reports has one: it guards all fields. Nothing is called under it.
    private double _fraction = double.NaN;
    private long _completed;
    private long _total = -1;
    private string? _message;
    private List<IProgressChannel>? _channels;
    private bool _isEnded;

    public TaskProgress Latest
    {
        get
        {
            lock (this)
            {
                return new TaskProgress
                {
                    Fraction = double.IsNaN(_fraction) ? null : _fraction,
                    Completed = _completed,
                    Total = _total < 0 ? null : _total,
                    Message = _message,
                };
            }
        }
    }

    public void Report(double fraction, string? message)
    {
        lock (this)
        {
            if (_isEnded)
            {
                return;
            }

            _fraction = fraction;
            _message = message ?? _message;
        }

        Tell();
    }

    public void Report(long completed, long total, string? message)
    {
        lock (this)
        {
            if (_isEnded)
            {
                return;
            }

            _completed = completed;
            _total = total;
            _fraction = FractionDone();
            _message = message ?? _message;
        }

        Tell();
    }

    public void Report(string message)
    {
        lock (this)
        {
            if (_isEnded)
            {
                return;
            }

            _message = message;
        }

        Tell();
    }

    public void Advance(long count)
    {
        lock (this)
        {
            if (_isEnded)
            {
                return;
            }

            _completed += count;
            _fraction = _total < 0 ? _fraction : FractionDone();
        }

        Tell();
    }

    public IProgress<T> Channel<T>(Action<T> handler)
    {
        var channel = new ProgressChannel<T>(task, handler);
        lock (this)
        {
            if (!_isEnded)
            {
                (_channels ??= []).Add(channel);
                return channel;
            }
        }

        channel.Close();
        return channel;
    }

    /// <summary>The task has ended: what was accepted is still raised, before the end is; nothing is accepted any more.</summary>
    public void End()
    {
        List<IProgressChannel>? channels;
        lock (this)
        {
            _isEnded = true;
            channels = _channels;
            _channels = null;
        }

        foreach (IProgressChannel channel in channels ?? [])
        {
            channel.Close();
        }
    }

    private double FractionDone() => _total > 0 ? Math.Clamp((double)_completed / _total, 0, 1) : double.NaN;

    private void Tell()
    {
        task.ProgressChanged();
        task.Tree.Changed?.Invoke();
    }
}
