using Fibula.Testing;

namespace Fibula.Gtk.Tests.Linux.Conformance;

/// <summary>A window, which counts how it is closed.</summary>
internal sealed class Gtk4Window : LoopWindow, IGtkWidget
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly UiLoop _loop;
    private volatile int _closedCount;
    private volatile int _closedInsideClosing;
    private bool _isInsideClosing;
    private string? _lastTitle;

    public Gtk4Window(UiLoop loop, nint application, string name, Func<Task<bool>>? mayClose, nint owner = 0)
        : this(loop, Make(application, name, owner), Gtk4.Present, mayClose)
    {
    }

    public Gtk4Window(UiLoop loop, nint window, Action<nint>? show = null, Func<Task<bool>>? mayClose = null)
    {
        _loop = loop;
        Handle = window;
        Gtk4.Connect(Handle, "close-request", OnClosing);
        Gtk4.Connect(Handle, "unrealize", OnClosed);
        show?.Invoke(window);
        if (mayClose is not null)
        {
            this.CloseAfterTasks(mayClose);
        }

        Tasks = GtkExtensions.get_Tasks(this);

        // The last to hear of it: from here on it is GTK that closes a window which is not held back.
        Gtk4.Connect(Handle, "close-request", () => _isInsideClosing = false);
    }

    public nint Handle { get; }

    public override object View => this;

    public override TaskScope Tasks { get; }

    public override int ClosedCount => _closedCount;

    public override int ClosedInsideClosingCount => _closedInsideClosing;

    public override Task Closed => _closed.Task;

    public override string? Title => _closedCount > 0 ? _lastTitle : Gtk4.TitleOf(Handle);

    public override bool TakesInput => Gtk4.IsSensitive(Handle);

    public static nint Make(nint application, string name, nint owner = 0)
    {
        nint window = Gtk4.ApplicationWindowNew(application);
        Gtk4.SetName(window, name);
        Gtk4.SetTitle(window, name);
        if (owner != 0)
        {
            Gtk4.SetTransientFor(window, owner);
            Gtk4.SetDestroyWithParent(window, 1);
        }

        return window;
    }

    public override void SetShown(bool isShown) => Gtk4.SetVisible(Handle, isShown ? 1 : 0);

    public override void CloseAfterTasks(bool waits) => GtkExtensions.CloseAfterTasks(this, waits);

    public override TaskScope AskForTasks() => GtkExtensions.get_Tasks(this);

    public override void Close()
    {
        if (_closedCount == 0)
        {
            Gtk4.Close(Handle);
        }
    }

    public override void AddClosingHandler(Func<bool> mayClose) => Gtk4.Connect(Handle, "close-request", () => !mayClose());

    public override void Minimize() => Gtk4.Minimize(Handle);

    // What the close button of a title bar does.
    public override void ClickClose() => Native.Idle(0, Close);

    private bool OnClosing()
    {
        _isInsideClosing = true;
        _loop.Post(() => _isInsideClosing = false);
        return false;
    }

    private bool OnClosed()
    {
        _closedInsideClosing += _isInsideClosing ? 1 : 0;
        _lastTitle = Gtk4.TitleOf(Handle);
        _closedCount++;
        _closed.TrySetResult();
        return false;
    }
}
