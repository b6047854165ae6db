using System.Collections.Concurrent;
using Avalonia;
using Avalonia.Controls;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Input;
using Avalonia.Threading;
using Fibula.Avalonia.Tests.Stage;
using Fibula.Testing;

namespace Fibula.Avalonia.Tests.Conformance;

/// <summary>Avalonia's dispatcher, desktop lifetime and windows, all real; only the system's windows below are not there.</summary>
internal sealed class AvaloniaHost : LoopHost
{
    private readonly ConcurrentQueue<Action> _awaitedKeys = new();
    private Dispatcher? _dispatcher;
    private ClassicDesktopStyleApplicationLifetime? _lifetime;
    private PaintedWindow? _window;
    private UiLoop? _loop;

    public override string Name => "AvaloniaLoop";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.Dialogs] = "The adapter has no ready dialog.",
        [LoopFeature.SuddenEnd] = "The adapter holds every end of the dispatcher back.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() =>
    {
        using var lifetime = new ClassicDesktopStyleApplicationLifetime();
        using IDisposable scope = AvaloniaLocator.EnterScope();
        StagePlatform.SetUp(() => new Application(), lifetime);
        _dispatcher = Dispatcher.UIThread;
        lifetime.MainWindow = _window = new PaintedWindow { Title = "Main" };
        _lifetime = lifetime;
        _window.KeyDown += OnKeyDown;
        _loop = new AvaloniaLoop(lifetime);
        _dispatcher.UnhandledException += OnUnhandled;
        app.Run(_loop);
    });

    public override void InjectInput(Action received)
    {
        _awaitedKeys.Enqueue(received);
        _dispatcher!.Post(() => StagePlatform.Press(_window!, Key.A), DispatcherPriority.Input);
    }

    public override Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _dispatcher!.Post(() => _window!.Repaint(painted));
        return painted.Task;
    }

    public override void RunNestedLoop(Task until)
    {
        var frame = new DispatcherFrame();
        until.ContinueWith(_ => _dispatcher!.Post(() => frame.Continue = false), TaskScheduler.Default);
        _dispatcher!.PushFrame(frame);
    }

    public override void EndByItself() => _dispatcher!.Post(() => StagePlatform.ClickClose(_window!));

    public override IReadOnlyList<string> WaysToEnd => ["close box", "Shutdown", "InvokeShutdown"];

    public override void EndBy(string way)
    {
        switch (way)
        {
            case "Shutdown":
                _dispatcher!.Post(() => _lifetime!.Shutdown());
                break;
            case "InvokeShutdown":
                _dispatcher!.Post(_dispatcher.InvokeShutdown);
                break;
            default:
                EndByItself();
                break;
        }
    }

    public override void EndSession(Action<bool> returned) => _dispatcher!.Post(() => returned(StagePlatform.LogOff()));

    public override Task<LoopWindow> FindMainWindowAsync() => OpenAsync(() => new StageWindow(_window!));

    public override Task<LoopWindow> OpenModalWindowAsync(string name, Action<LoopWindow>? beforeItIsShown = null) => OpenAsync(() =>
    {
        Window window = StageWindow.Make(name);
        var hold = new StageWindow(window);
        beforeItIsShown?.Invoke(hold);
        _ = window.ShowDialog(_window!);
        return hold;
    });

    public override Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) => OpenAsync(() => new StageWindow(name, mayClose));

    public override Task<LoopWindow> OpenOwnedWindowAsync(LoopWindow owner, string name) => OpenAsync(() => new StageWindow(name, null, (Window)owner.View));

    public override LoopView MakeView(string name) => new StageView(name);

    public override LoopPanel MakePanel(TaskScope scope) => new StagePanel(scope);

    private async Task<LoopWindow> OpenAsync(Func<LoopWindow> open)
    {
        // The adapter looks whether a handler has opened a window.
        if (_loop!.CheckAccess())
        {
            return open();
        }

        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() => opened.SetResult(open()));
        return await opened.Task;
    }

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
