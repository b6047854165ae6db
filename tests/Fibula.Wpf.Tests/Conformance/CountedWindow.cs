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
    private readonly nint _handle;
    private volatile int _closedCount;
    private volatile int _closedInsideClosing;
    private bool _isInsideClosing;

    public CountedWindow(string name, Func<Task<bool>>? mayClose, Window? owner = null)
    {
        _window = new Window { Title = name, Width = 300, Height = 200, Owner = owner };
        _window.Closing += OnClosing;
        _window.Closed += OnClosed;
        _window.Show();
        if (mayClose is not null)
        {
            _window.CloseAfterTasks(mayClose);
        }

        Tasks = _window.Tasks;
        _handle = new WindowInteropHelper(_window).Handle;
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
