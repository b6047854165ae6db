namespace Fibula;

/// <summary>The progress of one task: takes reports from any thread, and stops taking them when the task ends.</summary>
internal sealed class ProgressState(BackgroundTask task)
{
    // Guards _latest, _isEnded and _channels.
    private readonly Lock _gate = new();
    private TaskProgress _latest;
    private bool _isEnded;
    private List<IProgressChannel>? _channels;

    public TaskProgress Latest
    {
        get
        {
            lock (_gate)
            {
                return _latest;
            }
        }
    }

    public void Report(double fraction, string? message) =>
        Change(static (latest, report) => latest with { Fraction = report.fraction, Message = report.message ?? latest.Message }, (fraction, message));

    public void Report(long completed, long total, string? message) =>
        Change(
            static (latest, report) => latest with
            {
                Completed = report.completed,
                Total = report.total,
                Fraction = FractionOf(report.completed, report.total),
                Message = report.message ?? latest.Message,
            },
            (completed, total, message));

    public void Report(string message) =>
        Change(static (latest, message) => latest with { Message = message }, message);

    public void Advance(long count) =>
        Change(
            static (latest, count) => latest with
            {
                Completed = latest.Completed + count,
                Fraction = latest.Total is { } total ? FractionOf(latest.Completed + count, total) : latest.Fraction,
            },
            count);

    public IProgress<T> Channel<T>(Action<T> handler)
    {
        var channel = new ProgressChannel<T>(task, handler);
        lock (_gate)
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

    /// <summary>The task has ended: nothing is accepted any more. What was accepted is still raised, see <see cref="RaiseLast"/>.</summary>
    public void End()
    {
        foreach (IProgressChannel channel in ChannelsAtTheEnd())
        {
            channel.Close();
        }
    }

    /// <summary>On the UI thread, before the end is raised: hands over what still waits. The post that should have done it may come later.</summary>
    public void RaiseLast()
    {
        foreach (IProgressChannel channel in ChannelsAtTheEnd())
        {
            channel.Raise();
        }
    }

    // Nobody adds one after the end, so the list may be walked outside the gate.
    private List<IProgressChannel> ChannelsAtTheEnd()
    {
        lock (_gate)
        {
            _isEnded = true;
            return _channels ?? [];
        }
    }

    private static double? FractionOf(long completed, long total) =>
        total > 0 ? Math.Clamp((double)completed / total, 0, 1) : null;

    private void Change<T>(Func<TaskProgress, T, TaskProgress> change, T report)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            _latest = change(_latest, report);
        }

        task.ProgressChanged();
        task.Tree.Changed?.Invoke();
    }
}
