namespace Fibula.Tests.Commands;

/// <summary>What became of one click.</summary>
internal sealed class TimelineRow(TimeSpan clickedAt)
{
    private readonly List<(BackgroundTaskState State, TimeSpan From)> _states = [];

    public TimeSpan ClickedAt => clickedAt;

    public IReadOnlyList<(BackgroundTaskState State, TimeSpan From)> States => _states;

    public void Note(BackgroundTaskState state, TimeSpan at) => _states.Add((state, at));

    /// <summary>What was refused never changes, and what waits has not changed yet.</summary>
    public void End(BackgroundTask task, TimeSpan at)
    {
        if (_states.Count == 0)
        {
            Note(task.State, at);
        }
    }
}
