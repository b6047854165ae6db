using System.Collections.Concurrent;
using Fibula.Toolkits;

namespace Fibula.Tests.Apps;

/// <summary>A toolkit's loop by hand: turns are run by the test, and how often the app makes it quit is counted.</summary>
internal sealed class QuitCountingLoop : ToolkitLoop
{
    private readonly BlockingCollection<bool> _turns = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly TaskCompletionSource _quit = new();

    public int QuitCount { get; private set; }

    public Task Quit => _quit.Task;

    public void RunUntil(Task task)
    {
        NotifyStarted();
        while (!task.IsCompleted)
        {
            if (_turns.TryTake(out _, TimeSpan.FromMilliseconds(10)))
            {
                RunTurn();
            }
        }
    }

    public Task EndSessionAsync() => LeaveWithTheSessionAsync();

    protected override bool CheckAccessCore() => _thread == Environment.CurrentManagedThreadId;

    protected override void RequestTurn(bool yielding) => _turns.Add(yielding);

    protected override void QuitCore()
    {
        QuitCount++;
        _quit.TrySetResult();
    }
}
