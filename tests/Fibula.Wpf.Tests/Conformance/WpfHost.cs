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
        [LoopFeature.Windows] = "later",
        [LoopFeature.SuddenEnd] = "The adapter holds every end of the application back.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() =>
    {
        Application application = OneApplication.Make();
        _dispatcher = application.Dispatcher;
        _window = new PaintedWindow();
        _window.KeyDown += OnKeyDown;
        app.Run(new WpfLoop(application, _window));
    });

    public override void InjectInput(Action received)
    {
        _awaitedKeys.Enqueue(received);
        _dispatcher!.BeginInvoke(DispatcherPriority.Input, () => Native.Press(new WindowInteropHelper(_window!).Handle));
    }

    public override Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher!.BeginInvoke(() => _window!.Repaint(painted));
        return painted.Task;
    }

    public override void RunNestedLoop(Task until)
    {
        var frame = new DispatcherFrame();
        until.ContinueWith(_ => _dispatcher!.BeginInvoke(() => frame.Continue = false), TaskScheduler.Default);
        Dispatcher.PushFrame(frame);
    }

    public override void EndByItself() => _dispatcher!.BeginInvoke(() => Native.ClickClose(new WindowInteropHelper(_window!).Handle));

    private void OnKeyDown(object? sender, KeyEventArgs e)
    {
        if (_awaitedKeys.TryDequeue(out Action? received))
        {
            received();
        }
    }
}
