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
    {
        _loop = loop;
        Handle = Gtk4.ApplicationWindowNew(application);
        Gtk4.SetName(Handle, name);
        Gtk4.SetTitle(Handle, name);
        if (owner != 0)
        {
            Gtk4.SetTransientFor(Handle, owner);
            Gtk4.SetDestroyWithParent(Handle, 1);
        }

        Gtk4.Connect(Handle, "close-request", OnClosing);
        Gtk4.Connect(Handle, "unrealize", OnClosed);
        Gtk4.Present(Handle);
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

    public override void SetShown(bool isShown) => Gtk4.SetVisible(Handle, isShown ? 1 : 0);

    public override void CloseAfterTasks(bool waits) => GtkExtensions.CloseAfterTasks(this, waits);

    // What the close button of a title bar does.
    public override void ClickClose() => Native.Idle(0, () =>
    {
        if (_closedCount == 0)
        {
            Gtk4.Close(Handle);
        }
    });

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
