using System.Collections.Concurrent;
using System.Windows;
using System.Windows.Input;
using System.Windows.Interop;
using System.Windows.Threading;
using Fibula.Testing;

namespace Fibula.Wpf.Tests.Conformance;

/// <summary>A real WPF application with real windows, under Wine also without a display.</summary>
internal sealed class WpfHost : LoopHost
{
    private readonly ConcurrentQueue<Action> _awaitedKeys = new();
    private Dispatcher? _dispatcher;
    private PaintedWindow? _window;

    public override string Name => "WpfLoop";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.SuddenEnd] = "The adapter holds every end of the application back.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() =>
    {
        Application application = OneApplication.Make();
        _dispatcher = application.Dispatcher;
        _window = null;
        var loop = new WpfLoop(application);
        _dispatcher.UnhandledException += OnUnhandled;
        app.Run(loop);
    });

    public override void InjectInput(Action received)
    {
        _awaitedKeys.Enqueue(received);
        OnMainWindow(window => Native.Press(new WindowInteropHelper(window).Handle));
    }

    public override Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnMainWindow(window => window.Repaint(painted));
        return painted.Task;
    }

    public override void RunNestedLoop(Task until)
    {
        var frame = new DispatcherFrame();
        until.ContinueWith(_ => _dispatcher!.BeginInvoke(() => frame.Continue = false), TaskScheduler.Default);
        Dispatcher.PushFrame(frame);
    }

    public override void EndByItself() => OnMainWindow(window => Native.ClickClose(new WindowInteropHelper(window).Handle));

    public override IReadOnlyList<string> WaysToEnd => ["close box", "Shutdown", "InvokeShutdown"];

    public override void EndBy(string way)
    {
        switch (way)
        {
            case "Shutdown":
                OnMainWindow(static _ => Application.Current.Shutdown());
                break;
            case "InvokeShutdown":
                OnMainWindow(window => window.Dispatcher.InvokeShutdown());
                break;
            default:
                EndByItself();
                break;
        }
    }

    public override void EndSession(Action<bool> returned) => OnMainWindow(_ => returned(Native.LogOff()));

    public override async Task<LoopWindow> FindMainWindowAsync() => await OpenAsync(() => new CountedWindow(_window!));

    public override async Task<LoopWindow> OpenModalWindowAsync(string name, Action<LoopWindow>? beforeItIsShown = null)
    {
        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        OnMainWindow(_ =>
        {
            var window = new Window { Title = name, Width = 200, Height = 100 };
            var counted = new CountedWindow(window);
            beforeItIsShown?.Invoke(counted);
            window.Loaded += (_, _) => opened.TrySetResult(counted);
            window.ShowDialog();
        });
        return await opened.Task;
    }

    public override Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) => OpenAsync(() => new CountedWindow(name, mayClose));

    public override Task<LoopWindow> OpenOwnedWindowAsync(LoopWindow owner, string name) => OpenAsync(() => new CountedWindow(name, null, (Window)owner.View));

    public override LoopView MakeView(string name) => new ElementView(name);

    public override LoopPanel MakePanel(TaskScope scope) => new ElementPanel(scope);

    public override IReadOnlyList<LoopDialog> FindDialogs() => WindowDialog.Find(Application.Current);

    private async Task<LoopWindow> OpenAsync(Func<LoopWindow> open)
    {
        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        OnMainWindow(_ => opened.SetResult(open()));
        return await opened.Task;
    }

    // Only the promises that need one have a window: under Wine a process that has shown some on 65 threads hangs with the next.
    private void OnMainWindow(Action<PaintedWindow> what) => _dispatcher!.BeginInvoke(() =>
    {
        if (_window is null)
        {
            _window = new PaintedWindow { Title = "Main" };
            _window.KeyDown += OnKeyDown;
            _window.Show();
        }

        what(_window);
    });

    private void OnUnhandled(object? sender, DispatcherUnhandledExceptionEventArgs e)
    {
        if (!e.Handled)
        {
            AddUnhandledError(e.Exception);
            e.Handled = true;
        }
    }

    private void OnKeyDown(object? sender, KeyEventArgs e)
    {
        if (_awaitedKeys.TryDequeue(out Action? received))
        {
            received();
        }
    }
}
