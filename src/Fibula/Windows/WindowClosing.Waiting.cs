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
                window.EnableInput(false);
                _timer = _loop.Clock.CreateTimer(_ => _loop.Post(Show), null, Moment, Timeout.InfiniteTimeSpan);
            }
        }

        /// <summary>The window closes now, or stays.</summary>
        public void End()
        {
            if (!_isWaiting)
            {
                return;
            }

            Forget();
            window.EnableInput(true);

            // The program may have given it another meanwhile.
            if (_shownTitle is not null && window.Title == _shownTitle)
            {
                window.Title = _ownTitle;
            }

            _shownTitle = null;
        }

        /// <summary>The window is gone.</summary>
        public void Forget()
        {
            _isWaiting = false;
            _timer?.Dispose();
            _timer = null;
        }

        private void Show()
        {
            if (_isWaiting && window.Title is { } title)
            {
                _ownTitle = title;
                window.Title = _shownTitle = $"Waiting for tasks: {title}";
            }
        }
    }
}
