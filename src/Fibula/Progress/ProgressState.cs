namespace Fibula;

/// <summary>The progress of one task: takes reports from any thread, and stops taking them when the task ends.</summary>
internal sealed class ProgressState(BackgroundTask task)
{
    // The object itself is the lock, since each task that reports has one: it guards all fields. Taken under the tree's gate, never the other way round.
    // Each report tells the events under it, so that none is told after the end.
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
        bool isNews;
        lock (this)
        {
            if (_isEnded)
            {
                return;
            }

            _fraction = fraction;
            _message = message ?? _message;
            isNews = task.RecordProgress();
        }

        Tell(isNews);
    }

    public void Report(long completed, long total, string? message)
    {
        bool isNews;
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
            isNews = task.RecordProgress();
        }

        Tell(isNews);
    }

    public void Report(string message)
    {
        bool isNews;
        lock (this)
        {
            if (_isEnded)
            {
                return;
            }

            _message = message;
            isNews = task.RecordProgress();
        }

        Tell(isNews);
    }

    public void Advance(long count)
    {
        bool isNews;
        lock (this)
        {
            if (_isEnded)
            {
                return;
            }

            _completed += count;
            _fraction = _total < 0 ? _fraction : FractionDone();
            isNews = task.RecordProgress();
        }

        Tell(isNews);
    }

    public IProgress<T> Channel<T>(Action<T> handler)
    {
        var channel = new ProgressChannel<T>(task, handler);
        lock (this)
        {
            if (_isEnded)
            {
                channel.Close();
            }
            else
            {
                (_channels ??= []).Add(channel);
            }
        }

        return channel;
    }

    /// <summary>Under the tree's gate, at the end of the task: nothing is accepted any more.</summary>
    public void Stop()
    {
        lock (this)
        {
            _isEnded = true;
            _channels?.ForEach(static channel => channel.Close());
        }
    }

    /// <summary>After <see cref="Stop"/>: hands over what was accepted and waits, at once on the UI thread, else in order before what follows the end.</summary>
    public void Flush()
    {
        if (task.Tree.Loop?.CheckAccess() == true)
        {
            FlushHere();
            return;
        }

        lock (this)
        {
            if (_channels is null || !_channels.Exists(static channel => channel.IsWaiting))
            {
                _channels = null;
                return;
            }
        }

        task.Tree.DispatchInOrder(static progress => ((ProgressState)progress!).FlushHere(), this);
    }

    private void FlushHere()
    {
        List<IProgressChannel>? channels;
        lock (this)
        {
            channels = _channels;
            _channels = null;
        }

        channels?.ForEach(static channel => channel.Raise());
    }

    private double FractionDone() => _total > 0 ? Math.Clamp((double)_completed / _total, 0, 1) : double.NaN;

    private void Tell(bool isNews)
    {
        if (isNews)
        {
            task.PostProgress();
        }

        task.Tree.NotifyChanged();
    }
}
