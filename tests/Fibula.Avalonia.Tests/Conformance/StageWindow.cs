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
        : this(Make(name), window => Show(window, owner), mayClose)
    {
    }

    public StageWindow(Window window, Action<Window>? show = null, Func<Task<bool>>? mayClose = null)
    {
        _window = window;
        _dispatcher = _window.Dispatcher;
        _window.Closing += OnClosing;
        _window.Closed += OnClosed;
        show?.Invoke(window);
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

    public static Window Make(string name) => new() { Name = name, Title = name, Template = Templates.OfAWindow };

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

    public override TaskScope AskForTasks() => _window.Tasks;

    public override void Close() => _window.Close();

    public override void AddClosingHandler(Func<bool> mayClose) => _window.Closing += (_, e) => e.Cancel = !mayClose();

    public override void Minimize() => _window.WindowState = WindowState.Minimized;

    private static void Show(Window window, Window? owner)
    {
        if (owner is not null)
        {
            window.Show(owner);
        }
        else
        {
            window.Show();
        }
    }

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
