using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Windows;
using System.Windows.Interop;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The closing of one window. The close is held back by canceling <see cref="Window.Closing"/>, and asked for again later.</summary>
internal sealed class WpfWindowClosing : WindowClosing
{
    private const int CloseMessage = 0x0010;

    private static readonly MethodInfo? RaisesClosing = typeof(Window).GetMethod("OnClosing", BindingFlags.Instance | BindingFlags.NonPublic);

    private readonly WpfLoop _loop;
    private readonly Window _window;

    // The dialog result of the program's close; the toolkit resets it with the close that is held back.
    private bool? _dialogResult;

    private bool _isClosed;

    public WpfWindowClosing(WpfLoop loop, Window window)
        : base(loop)
    {
        _loop = loop;
        _window = window;
        window.Closing += OnClosing;
        window.Closed += OnClosed;
        window.SourceInitialized += (_, _) => TakeMessages();
        TakeMessages();
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
    protected override void Renew() => _loop.Scopes.Renew(_window);

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

        // A handler may say no to the close for real.
        if (!_isClosed && PresentationSource.FromVisual(_window) is not null)
        {
            NotifyStayed();
        }
    }

    // Each close of a window on the screen is this message, by any caller, and the window handles it after its hooks.
    private void TakeMessages() => (PresentationSource.FromVisual(_window) as HwndSource)?.AddHook(OnMessage);

    // Whichever handlers the program has added since: each may say no.
    private nint OnMessage(nint window, int message, nint first, nint second, ref bool handled)
    {
        if (message == CloseMessage)
        {
            _window.Closing -= OnClosing;
            _window.Closing += OnClosing;
        }

        return 0;
    }

    private void OnClosing(object? sender, CancelEventArgs e)
    {
        NotifyAsked();

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

    private bool IsShuttingDown
    {
        get
        {
            try
            {
                return AppShuttingDown(_window);
            }
            catch (MissingFieldException)
            {
                return false;
            }
        }
    }

    // WPF knows, but tells nobody: a later version may have no such member.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_appShuttingDown")]
    private static extern ref bool AppShuttingDown(Window window);

    private void OnClosed(object? sender, EventArgs e)
    {
        // Shutdown asks nobody.
        if (!IsShuttingDown && Overrides<CancelEventArgs>(_window, RaisesClosing))
        {
            EndsTheApp = _loop.Windows.IsLast(_window);
            NotifyNotAsked("OnClosing");
        }

        _isClosed = true;
        NotifyClosed();
    }
}
