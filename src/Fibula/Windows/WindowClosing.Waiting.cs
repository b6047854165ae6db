namespace Fibula;

/// <content>What the user sees of a window that waits for its tasks.</content>
public abstract partial class WindowClosing
{
    /// <summary>Keeps input out of a window that waits, and says so in its title where that takes longer than a moment.</summary>
    private sealed class Wait(WindowClosing window)
    {
        // Most tasks end sooner: a title that flickers tells nobody anything.
        private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

        // Everything here happens on the UI thread.
        private readonly UiLoop _loop = window._loop;
        private bool _isWaiting;
        private ITimer? _timer;
        private string? _ownTitle;
        private string? _shownTitle;

        public void Begin()
        {
            if (!_isWaiting)
            {
                _isWaiting = true;
                _loop.Guard(KeepInputOut);
                _timer = _loop.Clock.CreateTimer(_ => _loop.Post(ShowTitle), null, Moment, Timeout.InfiniteTimeSpan);
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
            _loop.Guard(LetInputIn);
            _loop.Guard(RestoreTitle);
            _shownTitle = null;
        }

        /// <summary>The window is gone. It gets back what was taken from it when it is shown again, if ever.</summary>
        public void Pause()
        {
            _timer?.Dispose();
            _timer = null;
        }

        // Each of these calls handlers of the program.
        private void KeepInputOut() => window.EnableInput(false);

        private void LetInputIn() => window.EnableInput(true);

        private void ShowTitle()
        {
            if (_timer is not null && window.Title is { } title)
            {
                _ownTitle = title;
                window.Title = _shownTitle = $"Waiting for tasks: {title}";
            }
        }

        // The program may have given it another meanwhile.
        private void RestoreTitle()
        {
            if (_shownTitle is not null && window.Title == _shownTitle)
            {
                window.Title = _ownTitle;
            }
        }
    }
}
