using Avalonia.Controls;

namespace Fibula;

/// <summary>The closing of one window. The close is held back by canceling <see cref="Window.Closing"/>, and asked for again later.</summary>
internal sealed class AvaloniaWindowClosing : WindowClosing
{
    private readonly AvaloniaLoop _loop;
    private readonly Window _window;

    // The close of the owner was asked for, and this window has held it back: it comes once this one has closed.
    private Window? _closingOwner;

    public AvaloniaWindowClosing(AvaloniaLoop loop, Window window)
        : base(loop)
    {
        _loop = loop;
        _window = window;
        window.Closing += OnClosing;
        window.Closed += OnClosed;
    }

    /// <inheritdoc/>
    protected override string Name => _loop.Scopes.NameOf(_window);

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskScope> TaskScopes => _loop.Scopes.ScopesIn(_window);

    /// <inheritdoc/>
    protected override void CloseCore() => _window.Close();

    private void OnClosing(object? sender, WindowClosingEventArgs e)
    {
        // A shutdown has passed the app before it comes to the windows, or asks nobody.
        if (e.Cancel || e.CloseReason is WindowCloseReason.ApplicationShutdown or WindowCloseReason.OSShutdown)
        {
            return;
        }

        if (!IsHeldBack)
        {
            EndsTheApp = _loop.Windows.IsLast(_window);
        }

        e.Cancel = HoldBack();
        if (e.Cancel)
        {
            _closingOwner = e.CloseReason == WindowCloseReason.OwnerWindowClosing ? _window.Owner as Window : null;
        }
    }

    private void OnClosed(object? sender, EventArgs e)
    {
        NotifyClosed();
        if (_closingOwner is { } owner)
        {
            _loop.Post(owner.Close);
        }
    }
}
