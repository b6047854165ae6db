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
        app.Run(new WpfLoop(application));
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
            _window = new PaintedWindow();
            _window.KeyDown += OnKeyDown;
            _window.Show();
        }

        what(_window);
    });

    private void OnKeyDown(object? sender, KeyEventArgs e)
    {
        if (_awaitedKeys.TryDequeue(out Action? received))
        {
            received();
        }
    }
}
