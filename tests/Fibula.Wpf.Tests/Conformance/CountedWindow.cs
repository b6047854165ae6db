using System.ComponentModel;
using System.Windows;
using System.Windows.Interop;
using System.Windows.Threading;
using Fibula.Testing;

namespace Fibula.Wpf.Tests.Conformance;

/// <summary>A window, which counts how it is closed.</summary>
internal sealed class CountedWindow : LoopWindow
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Window _window;
    private nint _handle;
    private volatile int _closedCount;
    private volatile int _closedInsideClosing;
    private bool _isInsideClosing;

    public CountedWindow(string name, Func<Task<bool>>? mayClose, Window? owner = null)
        : this(new Window { Title = name, Width = 300, Height = 200, Owner = owner }, static window => window.Show(), mayClose)
    {
    }

    public CountedWindow(Window window, Action<Window>? show = null, Func<Task<bool>>? mayClose = null)
    {
        _window = window;
        _window.Closing += OnClosing;
        _window.Closed += OnClosed;
        _window.SourceInitialized += (_, _) => SetHandle();
        show?.Invoke(window);
        if (mayClose is not null)
        {
            _window.CloseAfterTasks(mayClose);
        }

        Tasks = _window.Tasks;
        SetHandle();
    }

    public override object View => _window;

    public override TaskScope Tasks { get; }

    public override int ClosedCount => _closedCount;

    public override int ClosedInsideClosingCount => _closedInsideClosing;

    public override Task Closed => _closed.Task;

    public override string? Title => _window.Title;

    public override bool TakesInput => _window.IsEnabled;

    public override void SetShown(bool isShown) => _window.Visibility = isShown ? Visibility.Visible : Visibility.Hidden;

    public override void CloseAfterTasks(bool waits) => _window.CloseAfterTasks(waits);

    public override void ClickClose() => Native.ClickClose(_handle);

    public override TaskScope AskForTasks() => _window.Tasks;

    public override void Close() => _window.Close();

    public override void AddClosingHandler(Func<bool> mayClose) => _window.Closing += (_, e) => e.Cancel = !mayClose();

    public override void Minimize() => _window.WindowState = WindowState.Minimized;

    private void SetHandle() => _handle = new WindowInteropHelper(_window).Handle;

    private void OnClosing(object? sender, CancelEventArgs e)
    {
        _closedInsideClosing += _isInsideClosing ? 1 : 0;
        _isInsideClosing = true;
        _window.Dispatcher.BeginInvoke(DispatcherPriority.Send, () => _isInsideClosing = false);
    }

    private void OnClosed(object? sender, EventArgs e)
    {
        _closedCount++;
        _closed.TrySetResult();
    }
}
