using System.ComponentModel;
using System.Reflection;
using System.Windows;

namespace Fibula;

/// <summary>The closing of one window. The close is held back by canceling <see cref="Window.Closing"/>, and asked for again later.</summary>
internal sealed class WpfWindowClosing : WindowClosing
{
    private static readonly MethodInfo? WindowsOnClosing = typeof(Window).GetMethod("OnClosing", BindingFlags.Instance | BindingFlags.NonPublic);

    private readonly WpfLoop _loop;
    private readonly Window _window;

    // What the program closed a dialog with; the toolkit forgets it with the close that is held back.
    private bool? _dialogResult;

    // The closing event has come; it does not where the program overrides what raises it and does not call the base method, or calls it too late.
    private bool _isHeard;
    private bool _isClosed;

    public WpfWindowClosing(WpfLoop loop, Window window)
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
    protected override IReadOnlyList<WindowClosing> OwnedWindows =>
        [.. _window.OwnedWindows.Cast<Window>().Where(static owned => owned is not WpfCloseDialog).Select(_loop.Windows.Of)];

    /// <inheritdoc/>
    protected override string? Title
    {
        get => _window.Title;
        set => _window.Title = value;
    }

    /// <inheritdoc/>
    protected override void EnableInput(bool isEnabled) => _window.IsEnabled = isEnabled;

    /// <inheritdoc/>
    protected override void CloseCore()
    {
        if (_dialogResult is { } result)
        {
            _window.DialogResult = result;
        }
        else
        {
            _window.Close();
        }
    }

    private bool OverridesClosing => WindowsOnClosing?.CreateDelegate<Action<CancelEventArgs>>(_window).Method != WindowsOnClosing;

    private void OnClosing(object? sender, CancelEventArgs e)
    {
        _isHeard = true;

        // The question of a close is no part of it.
        if (e.Cancel || _isClosed || _window is WpfCloseDialog)
        {
            return;
        }

        if (!IsHeldBack)
        {
            EndsTheApp = _loop.Windows.IsLast(_window);
            _dialogResult = _window.DialogResult;
        }

        e.Cancel = HoldBack();
    }

    private void OnClosed(object? sender, EventArgs e)
    {
        if (!_isHeard && !_loop.IsLeaving && OverridesClosing)
        {
            EndsTheApp = _loop.Windows.IsLast(_window);
            NotifyNotAsked("OnClosing");
        }

        _isClosed = true;
        NotifyClosed();
    }
}
