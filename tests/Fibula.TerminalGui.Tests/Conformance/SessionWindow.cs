using Fibula.Testing;
using Terminal.Gui.App;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Conformance;

/// <summary>A window in a session of its own, which counts how it is closed.</summary>
internal sealed class SessionWindow : Window
{
    private bool _isInsideClosing;
    private int _closedInsideClosing;

    public SessionWindow()
    {
        // The first to hear of it; Run adds the last.
        IsRunningChanging += (_, e) => _isInsideClosing = !e.NewValue;
    }

    /// <summary>Runs the window until it has closed.</summary>
    public void Run(IApplication application, Func<Task<bool>>? mayClose, Action<LoopWindow> opened, Action<LoopWindow>? beforeItIsShown = null)
    {
        var hold = new Hold(this, application);
        App = application;
        if (mayClose is not null)
        {
            this.CloseAfterTasks(mayClose);
        }

        if (beforeItIsShown is not null)
        {
            hold.AskForTasks();
            beforeItIsShown(hold);
        }

        IsRunningChanging += (_, _) => _isInsideClosing = false;
        IsRunningChanged += (_, e) => hold.OnChanged(e.Value, opened);
        application.Run(this);
    }

    /// <summary>The suite's hand on a window that runs.</summary>
    public LoopWindow Take(IApplication application)
    {
        var hold = new Hold(this, application);
        hold.OnChanged(isRunning: true, static _ => { });
        IsRunningChanged += (_, e) => hold.OnChanged(e.Value, static _ => { });
        return hold;
    }

    public override void RequestStop()
    {
        _closedInsideClosing += _isInsideClosing ? 1 : 0;
        base.RequestStop();
    }

    /// <summary>The suite's hand on the window.</summary>
    private sealed class Hold(SessionWindow window, IApplication application) : LoopWindow
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile int _closedCount;
        private TaskScope? _tasks;

        public override object View => window;

        public override TaskScope Tasks => _tasks!;

        public override int ClosedCount => _closedCount;

        public override int ClosedInsideClosingCount => window._closedInsideClosing;

        public override Task Closed => _closed.Task;

        public override string? Title => window.Title;

        public override bool TakesInput => window.Enabled;

        public override void SetShown(bool isShown) => window.Visible = isShown;

        public override void CloseAfterTasks(bool waits) => window.CloseAfterTasks(waits);

        public override TaskScope AskForTasks() => window.Tasks;

        public override void Close() => window.RequestStop();

        public override void AddClosingHandler(Func<bool> mayClose) => window.IsRunningChanging += (_, e) => e.Cancel = !e.NewValue && !mayClose();

        public override void ClickClose() => application.Invoke(window.RequestStop);

        public void OnChanged(bool isRunning, Action<LoopWindow> opened)
        {
            if (isRunning)
            {
                _tasks = window.Tasks;
                opened(this);
            }
            else
            {
                _closedCount++;
                _closed.TrySetResult();
            }
        }
    }
}
