using Avalonia.Controls;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The closing of one window. The close is held back by canceling <see cref="Window.Closing"/>, and asked for again later.</summary>
internal sealed class AvaloniaWindowClosing : WindowClosing
{
    private readonly AvaloniaLoop _loop;
    private readonly Window _window;
    private readonly EventHandler<WindowClosingEventArgs> _handler;

    // The close of the owner was asked for, and this window has held it back: it comes once this one has closed.
    private Window? _closingOwner;

    // The dialog result of the program's first close; a second close replaces it in the window.
    private object? _answer;

    private bool _isClosed;
    private bool _isClosingForReal;

    // All handlers of the closing event when this one was the last; null where nobody can tell.
    private Delegate? _known;

    public AvaloniaWindowClosing(AvaloniaLoop loop, Window window)
        : base(loop)
    {
        _loop = loop;
        _window = window;
        _handler = OnClosing;
        ComeLast();
        window.Closed += OnClosed;
    }

    /// <inheritdoc/>
    protected override string Name => _loop.Scopes.NameOf(_window);

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskScope> TaskScopes => _loop.Scopes.ScopesIn(_window);

    /// <inheritdoc/>
    protected override IReadOnlyList<WindowClosing> OwnedWindows => [.. _window.OwnedWindows.Select(_loop.Windows.Of)];

    /// <inheritdoc/>
    protected override string? Title
    {
        get => _window.Title;
        set => _window.Title = value;
    }

    /// <inheritdoc/>
    protected override void EnableInput(bool isEnabled) => _window.IsEnabled = isEnabled;

    /// <inheritdoc/>
    protected override void Renew() => _loop.Scopes.Renew(_window);

    /// <inheritdoc/>
    protected override void CloseCore()
    {
        _isClosingForReal = true;
        try
        {
            _window.Close(_answer);
        }
        finally
        {
            _isClosingForReal = false;
        }

        // A handler may say no to the close for real.
        _loop.Post(StayIfOpen);
    }

    private bool IsLast => AvaloniaSecrets.HandlersOf(_window) is not { } handlers || handlers == _known || handlers.GetInvocationList()[^1] == (Delegate)_handler;

    /// <summary>Hears of a close after all handlers that the program has added so far: each may say no.</summary>
    public void ComeLast()
    {
        if (_known is null || !IsLast)
        {
            _window.Closing -= _handler;
            _window.Closing += _handler;
            _known = AvaloniaSecrets.HandlersOf(_window);
        }
    }

    /// <summary>The window has been opened: where the system closes it, it is asked here first.</summary>
    public void FollowSystem()
    {
        ComeLast();
        AvaloniaSecrets.BeforeTheSystemCloses(_window, ComeLast);
    }

    private void OnClosing(object? sender, WindowClosingEventArgs e)
    {
        // A shutdown has passed the app before it reaches the windows, or cannot be refused. An owner also waits for the tasks of its windows, if they
        // have no question of their own.
        bool isOwnersClose = e.CloseReason == WindowCloseReason.OwnerWindowClosing;
        NotifyAsked();
        if (e.Cancel
            || _isClosed
            || e.CloseReason is WindowCloseReason.ApplicationShutdown or WindowCloseReason.OSShutdown
            || (isOwnersClose && !HasQuestion))
        {
            return;
        }

        if (!IsHeldBack)
        {
            EndsTheApp = _loop.Windows.IsLast(_window);
            _answer = AvaloniaSecrets.AnswerOf(_window);
            _closingOwner = _isClosingForReal ? _closingOwner : null;
        }

        Window? owner = isOwnersClose ? _window.Owner as Window : null;
        if (MustHoldBack && !IsLast)
        {
            e.Cancel = true;
            AskAgain(owner);
            return;
        }

        e.Cancel = HoldBack();
        if (e.Cancel)
        {
            _closingOwner = owner;
        }
    }

    // The handlers that come after this one may say no, too, and nobody can tell their no from this one's. A handler that has opened a window asks the
    // user there, and closes this one itself.
    private void AskAgain(Window? owner)
    {
        int opened = _window.OwnedWindows.Count;
        ComeLast();
        _loop.Post(() =>
        {
            if (!_isClosed && _window.OwnedWindows.Count <= opened)
            {
                Ask(owner);
            }
        });
    }

    private void Ask(Window? owner)
    {
        if (owner is not null)
        {
            owner.Close();
        }
        else
        {
            _window.Close(_answer);
        }
    }

    private void StayIfOpen()
    {
        if (!_isClosed)
        {
            NotifyStayed();
        }
    }

    private void OnClosed(object? sender, EventArgs e)
    {
        if (!_loop.Windows.IsShuttingDown && Overrides<WindowClosingEventArgs>(_window, AvaloniaSecrets.RaisesClosing))
        {
            EndsTheApp = _loop.Windows.IsLast(_window);
            NotifyNotAsked("OnClosing");
        }

        _isClosed = true;
        NotifyClosed();
        if (_closingOwner is { } owner)
        {
            _loop.Post(owner.Close);
        }
    }
}
