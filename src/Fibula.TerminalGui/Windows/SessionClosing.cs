using Fibula.Toolkits;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>The closing of a window that is run. The stop is held back by canceling <see cref="IRunnable.IsRunningChanging"/>, upon which
/// the toolkit goes on with its loop, and is asked for again.</summary>
internal sealed class SessionClosing : WindowClosing
{
    private readonly TerminalGuiLoop _loop;
    private readonly IRunnable _window;

    // Whether the window was closed with an answer: a second answer while it waits must not replace the first.
    private bool _isAnswered;
    private object? _answer;

    public SessionClosing(TerminalGuiLoop loop, IRunnable window)
        : base(loop)
    {
        _loop = loop;
        _window = window;
        window.IsRunningChanging += OnChanging;
        window.IsRunningChanged += OnChanged;
    }

    /// <inheritdoc/>
    protected override string Name => _window is View view ? TerminalViewScopes.Name(view) : _window.GetType().Name;

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskScope> TaskScopes => _window is View view ? _loop.Scopes.ScopesIn(view) : [];

    /// <inheritdoc/>
    protected override string? Title
    {
        get => (_window as View)?.Title;
        set => (_window as View)?.Title = value ?? string.Empty;
    }

    /// <inheritdoc/>
    protected override void EnableInput(bool isEnabled) => (_window as View)?.Enabled = isEnabled;

    /// <inheritdoc/>
    protected override void Renew()
    {
        if (_window is View view)
        {
            _loop.Scopes.Renew(view);
        }
    }

    /// <inheritdoc/>
    protected override void CloseCore()
    {
        if (_isAnswered)
        {
            _window.Result = _answer;
        }

        _window.RequestStop();
    }

    private void OnChanging(object? sender, CancelEventArgs<bool> e)
    {
        // Only a stop that was asked for can be held back. Disposing the application, or an exception out of its Run, ends the
        // session whatever is said here.
        bool isAsked = !e.NewValue && _window.StopRequested;
        if (isAsked && e.Cancel)
        {
            NotifyRefused();
        }

        if (!isAsked || e.Cancel)
        {
            return;
        }

        object? answer = IsHeldBack ? _answer : _window.Result;
        e.Cancel = _isAnswered = HoldBack();
        _answer = _isAnswered ? answer : null;
    }

    private void OnChanged(object? sender, EventArgs<bool> e)
    {
        if (!e.Value)
        {
            if (NotifyClosed())
            {
                _loop.End();
            }
        }
        else if (NotifyOpened())
        {
            Renew();
        }
    }
}
