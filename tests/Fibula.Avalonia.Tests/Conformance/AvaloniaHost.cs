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
        lifetime.MainWindow = _window = new PaintedWindow();
        _window.KeyDown += OnKeyDown;
        _loop = new AvaloniaLoop(lifetime);
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

    public override Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) => OpenAsync(() => new StageWindow(name, mayClose));

    public override Task<LoopWindow> OpenOwnedWindowAsync(LoopWindow owner, string name) => OpenAsync(() => new StageWindow(name, null, (Window)owner.View));

    public override LoopView MakeView(string name) => new StageView(name);

    public override LoopPanel MakePanel(TaskScope scope) => new StagePanel(scope);

    private async Task<LoopWindow> OpenAsync(Func<LoopWindow> open)
    {
        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop!.Post(() => opened.SetResult(open()));
        return await opened.Task;
    }

    private void OnKeyDown(object? sender, KeyEventArgs e)
    {
        if (_awaitedKeys.TryDequeue(out Action? received))
        {
            received();
        }
    }
}
