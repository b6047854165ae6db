namespace Fibula.Toolkits;

/// <summary>Shows that a window waits for its tasks: it takes no input, and after a moment its title says so.</summary>
/// <param name="loop">The window's loop. All members belong to its thread.</param>
/// <param name="enableInput">Lets input in, or keeps it out. This and the next two call handlers of the program.</param>
/// <param name="readTitle">Returns the title; null for a window without one.</param>
/// <param name="writeTitle">Sets it.</param>
internal sealed class WindowWait(UiLoop loop, Action<bool> enableInput, Func<string?> readTitle, Action<string?> writeTitle)
{
    // Most tasks end sooner: a title that flickers tells nobody anything.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private bool _isWaiting;
    private ITimer? _timer;
    private string? _ownTitle;
    private string? _shownTitle;

    public void Begin()
    {
        if (!_isWaiting)
        {
            _isWaiting = true;
            loop.Guard(KeepInputOut);
            _timer = loop.Clock.CreateTimer(_ => loop.Post(ShowTitle), null, Moment, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The window closes now, or stays.</summary>
    public void End()
    {
        if (!_isWaiting)
        {
            return;
        }

        Pause();
        _isWaiting = false;
        loop.Guard(LetInputIn);
        loop.Guard(RestoreTitle);
        _shownTitle = null;
    }

    /// <summary>The window is gone. It gets back what was taken from it when it is shown again, if ever.</summary>
    public void Pause()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void KeepInputOut() => enableInput(false);

    private void LetInputIn() => enableInput(true);

    private void ShowTitle()
    {
        if (_timer is not null && readTitle() is { } title)
        {
            _ownTitle = title;
            _shownTitle = $"Waiting for tasks: {title}";
            writeTitle(_shownTitle);
        }
    }

    // The program may have given it another meanwhile.
    private void RestoreTitle()
    {
        if (_shownTitle is not null && readTitle() == _shownTitle)
        {
            writeTitle(_ownTitle);
        }
    }
}
