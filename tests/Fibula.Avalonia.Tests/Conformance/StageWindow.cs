using Avalonia.Controls;
using Avalonia.Threading;
using Fibula.Avalonia.Tests.Stage;
using Fibula.Testing;

namespace Fibula.Avalonia.Tests.Conformance;

/// <summary>A window, which counts how it is closed.</summary>
internal sealed class StageWindow : LoopWindow
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Window _window;
    private readonly Dispatcher _dispatcher;
    private volatile int _closedCount;
    private volatile int _closedInsideClosing;
    private bool _isInsideClosing;

    public StageWindow(string name, Func<Task<bool>>? mayClose, Window? owner = null)
    {
        _window = new Window { Name = name, Title = name, Template = Templates.OfAWindow };
        _dispatcher = _window.Dispatcher;
        _window.Closing += OnClosing;
        _window.Closed += OnClosed;
        if (owner is not null)
        {
            _window.Show(owner);
        }
        else
        {
            _window.Show();
        }

        if (mayClose is not null)
        {
            _window.CloseAfterTasks(mayClose);
        }

        Tasks = _window.Tasks;
    }

    public override object View => _window;

    public override TaskScope Tasks { get; }

    public override int ClosedCount => _closedCount;

    public override int ClosedInsideClosingCount => _closedInsideClosing;

    public override Task Closed => _closed.Task;

    public override string? Title => _window.Title;

    public override bool TakesInput => _window.IsEnabled;

    public override void SetShown(bool isShown)
    {
        if (isShown)
        {
            _window.Show();
        }
        else
        {
            _window.Hide();
        }
    }

    public override void CloseAfterTasks(bool waits) => _window.CloseAfterTasks(waits);

    public override void ClickClose() => _dispatcher.Post(() => StagePlatform.ClickClose(_window), DispatcherPriority.Input);

    private void OnClosing(object? sender, WindowClosingEventArgs e)
    {
        _closedInsideClosing += _isInsideClosing ? 1 : 0;
        _isInsideClosing = true;
        _dispatcher.Post(() => _isInsideClosing = false, DispatcherPriority.Send);
    }

    private void OnClosed(object? sender, EventArgs e)
    {
        _closedCount++;
        _closed.TrySetResult();
    }
}
