namespace Fibula;

/// <summary>The progress of one task: takes reports from any thread, and stops taking them when the task ends.</summary>
internal sealed class ProgressState(IProgressSink sink)
{
    private static readonly TimeSpan LongestRemaining = TimeSpan.FromDays(365);

    // The progress whose handler runs on this thread: its reports count until the last values are delivered, even if the task has ended by then.
    [ThreadStatic]
    private static ProgressState? _inHandlerHere;

    // The object itself is the lock, since each reporting task has one. It guards all fields, and the steps'. It is taken under the tree's gate, never the
    // other way round. Each report is recorded in the events under it, so that none is raised after the end.
    private ProgressAmount _amount = new(double.NaN);

    // Made by the second report, since many tasks report once. The first one is where the counting starts from.
    private ProgressRate? _rate;
    private long _firstAt = -1;
    private string? _message;
    private List<IProgressChannel>? _channels;
    private bool _isEnded;
    private bool _isFlushed;

    public TaskProgress LatestAt(long now)
    {
        lock (this)
        {
            double fraction = _amount.Fraction;
            ref ProgressAmount counted = ref AmountOf(Counted);
            double? rate = _isEnded ? null : _rate?.At(now, _amount.Done);
            return new TaskProgress
            {
                Fraction = double.IsNaN(fraction) ? null : fraction,
                Completed = counted.Shown,
                Total = counted.Total < 0 ? null : counted.Total,
                Message = _message,
                Rate = rate,
                Remaining = _isEnded ? null : Remaining(_amount.Left, rate),
            };
        }
    }

    private ProgressStep? Counted => _amount.Steps?.Counted;

    public IProgressSink Sink => sink;

    public bool IsInHandlerHere => _inHandlerHere == this;

    public void Report(double fraction, string? message, ProgressStep? step = null)
    {
        if (double.IsNaN(fraction))
        {
            throw new ArgumentException($"The progress of '{sink.Name}' is not a number (0 of 0?). Use Report(completed, total), or ReportIndeterminate() where it is not known.", nameof(fraction));
        }

        long now = sink.Now;
        bool isNews;
        lock (this)
        {
            if (!BeginReport(step))
            {
                return;
            }

            AmountOf(step).Set(fraction);
            isNews = Record(message, step, now);
        }

        sink.Tell(isNews);
    }

    public void Report(long completed, long total, string? message, ProgressStep? step = null)
    {
        long now = sink.Now;
        bool isNews;
        lock (this)
        {
            if (!BeginReport(step))
            {
                return;
            }

            AmountOf(step).Set(completed, total);
            isNews = Record(message, step, now);
        }

        sink.Tell(isNews);
    }

    public void Report(string message, ProgressStep? step = null)
    {
        long now = sink.Now;
        bool isNews;
        lock (this)
        {
            if (!BeginReport(step))
            {
                return;
            }

            isNews = Record(message, step ?? Counted, now);
        }

        sink.Tell(isNews);
    }

    public void ReportIndeterminate(string? message)
    {
        long now = sink.Now;
        bool isNews;
        lock (this)
        {
            if (!BeginReport(step: null))
            {
                return;
            }

            _amount = new ProgressAmount(double.NaN);
            isNews = Record(message, step: null, now);
        }

        sink.Tell(isNews);
    }

    public void Advance(long count, ProgressStep? step = null)
    {
        long now = sink.Now;
        bool isNews;
        lock (this)
        {
            if (!BeginReport(step))
            {
                return;
            }

            AmountOf(step).Add(count);
            isNews = Record(message: null, step, now);
        }

        sink.Tell(isNews);
    }

    public ProgressStep[] Split(ReadOnlySpan<double> weights, ProgressStep? step = null)
    {
        var split = new ProgressSplit(this, step, weights);
        long now = sink.Now;
        bool isNews;
        lock (this)
        {
            if (!BeginReport(step))
            {
                return split.Steps;
            }

            AmountOf(step).Split(split);
            isNews = Record(message: null, step, now);
        }

        sink.Tell(isNews);
        return split.Steps;
    }

    /// <summary>On the UI thread, before a handler of this progress is called.</summary>
    /// <returns>What <see cref="LeaveHandler"/> wants after it.</returns>
    public ProgressState? EnterHandler()
    {
        ProgressState? outer = _inHandlerHere;
        _inHandlerHere = this;
        return outer;
    }

    public static void LeaveHandler(ProgressState? outer) => _inHandlerHere = outer;

    public IProgress<T> Channel<T>(Action<T> handler) => Add(new ProgressChannel<T>(this, handler));

    public IProgress<T> BatchChannel<T>(Action<IReadOnlyList<T>> handler) => Add(new BatchChannel<T>(this, handler));

    private TChannel Add<TChannel>(TChannel channel)
        where TChannel : IProgressChannel
    {
        lock (this)
        {
            if (_isEnded)
            {
                channel.Close(letsGo: true);
            }
            else
            {
                (_channels ??= []).Add(channel);
            }
        }

        return channel;
    }

    /// <summary>Under the tree's gate, at the end of the task: nothing is accepted any more.</summary>
    /// <returns>True if a value still waits for its handler, or a handler is at work.</returns>
    public bool Stop()
    {
        lock (this)
        {
            _isEnded = true;
            if (_channels is null)
            {
                return false;
            }

            bool isAnyPending = _channels.Exists(static channel => channel.IsPending);
            foreach (IProgressChannel channel in _channels)
            {
                channel.Close(letsGo: !isAnyPending);
            }

            return isAnyPending;
        }
    }

    /// <summary>After <see cref="Stop"/>: delivers the values that are still waiting, immediately on the UI thread, otherwise in order before the notifications of the end.</summary>
    public void Flush()
    {
        // None comes any more: most tasks have no handler, and take no lock here.
        if (Volatile.Read(ref _channels) is null)
        {
            return;
        }

        bool isAnyPending;
        lock (this)
        {
            isAnyPending = _channels?.Exists(static channel => channel.IsPending) ?? false;
        }

        // Without any, nothing can become pending any more: only a handler may still report.
        if (!isAnyPending || sink.IsOnUiThread)
        {
            FlushHere();
            return;
        }

        sink.Dispatch(static progress => ((ProgressState)progress!).FlushHere(), this);
    }

    private void FlushHere()
    {
        List<IProgressChannel>? channels;
        lock (this)
        {
            channels = _channels;
            _channels = null;
        }

        if (channels is null)
        {
            return;
        }

        // A handler may report to another channel of the task, and that to a third.
        for (int round = 0; round < channels.Count && channels.Exists(static channel => channel.IsPending); round++)
        {
            channels.ForEach(static channel => channel.Raise());
        }

        channels.ForEach(static channel => channel.Close(letsGo: true));
        lock (this)
        {
            _isFlushed = true;
        }
    }

    // Null for what is not a number, or more than anybody waits for.
    private static TimeSpan? Remaining(double left, double? rate)
    {
        double seconds = left == 0 ? 0 : (left / rate) ?? double.NaN;
        return seconds <= LongestRemaining.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    // Under the lock, before the report is stored. False if it does not count: a step counts until its parent, or a level above that, is reported to directly.
    private bool BeginReport(ProgressStep? step)
    {
        while (step is not null && AmountOf(step.Origin.Parent).Steps == step.Origin)
        {
            step = step.Origin.Parent;
        }

        if (step is not null || (_isEnded && (_isFlushed || !IsInHandlerHere)))
        {
            return false;
        }

        _rate ??= _firstAt < 0 ? null : new ProgressRate(_firstAt, _amount.Measure, _amount.Done);
        return true;
    }

    private ref ProgressAmount AmountOf(ProgressStep? step)
    {
        if (step is null)
        {
            return ref _amount;
        }

        return ref step.Amount;
    }

    private bool Record(string? message, ProgressStep? step, long now)
    {
        _message = message ?? _message;
        _amount.Steps?.Counted = step;
        if (_rate is null)
        {
            _firstAt = now;
        }
        else if (_rate.IsDue(now, _amount.Measure))
        {
            _rate.Take(now, _amount.Measure, _amount.Done);
        }

        return sink.Record();
    }
}
