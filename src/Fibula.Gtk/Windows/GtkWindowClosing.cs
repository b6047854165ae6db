using System.Runtime.InteropServices;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>The closing of one window. The close is held back by answering the toolkit's question, and is done later by destroying the window.</summary>
internal sealed class GtkWindowClosing : WindowClosing
{
    // The first field of a GdkEvent says what happens.
    private const int DeleteEvent = 0;

    private readonly GLibLoop _loop;
    private readonly nint _window;
    private readonly GtkView _view;
    private bool _isClosed;

    // Of GTK 3.
    private nuint _handler;

    public GtkWindowClosing(GLibLoop loop, nint window, GtkView view)
        : base(loop)
    {
        _loop = loop;
        _window = window;
        _view = view;

        // Last: a handler that refuses keeps the window open, and then nothing is canceled.
        if (GtkWindow.IsGtk4(window))
        {
            Signal.Connect(loop, window, "close-request", OnClosing, isLast: true);
            Signal.Connect(loop, window, "unrealize", OnUnrealized);
        }
        else
        {
            // Comes before the other, of each event. Some bindings connect the handlers of the program to come late, too.
            Signal.Connect(loop, window, "event", OnEvent);
            ComeLast();
        }

        Signal.Connect(loop, window, "destroy", OnClosed);
    }

    /// <inheritdoc/>
    protected override string Name => _view.Name;

    /// <inheritdoc/>
    protected override IReadOnlyList<TaskScope> TaskScopes => _loop.Scopes.ScopesIn(_view);

    /// <inheritdoc/>
    protected override IReadOnlyList<WindowClosing> OwnedWindows =>
        _isClosed ? [] : [.. GtkWindow.ClosedWith(_window).Select(static owned => GtkView.Of(owned).Closing!)];

    /// <inheritdoc/>
    protected override string? Title
    {
        get => _isClosed ? null : GObject.Text(_window, "title");
        set => GtkWindow.SetTitle(_window, value ?? string.Empty);
    }

    /// <inheritdoc/>
    protected override void EnableInput(bool isEnabled)
    {
        if (!_isClosed)
        {
            GtkWidgets.SetSensitive(_window, isEnabled ? 1 : 0);
        }
    }

    /// <inheritdoc/>
    protected override void CloseCore()
    {
        if (!_isClosed)
        {
            GtkWindow.Destroy(_window);
        }
    }

    private bool OnEvent(nint e)
    {
        if (Marshal.ReadInt32(e) == DeleteEvent && !_isClosed)
        {
            ComeLast();
        }

        return false;
    }

    private void ComeLast()
    {
        if (_handler != 0)
        {
            Signal.Disconnect(_window, _handler);
        }

        _handler = Signal.Connect(_loop, _window, "delete-event", _ => OnClosing(), isLast: true);
    }

    private bool OnClosing()
    {
        if (!IsHeldBack)
        {
            EndsTheApp = _loop.Application?.IsLast(_view) == true;
        }

        return HoldBack();
    }

    // GTK 4 raises "destroy" when the last reference is gone, and a binding may hold one for long. A window that is destroyed is hidden first.
    private bool OnUnrealized() => !GObject.Flag(_window, "visible") && OnClosed();

    private bool OnClosed()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            WaitForTasks(null);
            NotifyClosed();
        }

        return false;
    }
}
