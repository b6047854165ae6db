using System.Collections.Concurrent;
using Fibula.Testing;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Conformance;

/// <summary>A real Terminal.Gui application without a terminal. Its windows are what it has: sessions inside one another.</summary>
internal sealed class TerminalGuiHost : LoopHost
{
    private static readonly InputInjectionOptions ThroughTheInputQueue = new() { Mode = InputInjectionMode.Pipeline, AutoProcess = false };

    private readonly ConcurrentQueue<Action> _awaitedKeys = new();
    private IApplication? _application;
    private SessionWindow? _window;
    private UiLoop? _loop;

    public override string Name => "TerminalGuiLoop";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.ImmediateWake] = "The toolkit sleeps between its iterations and nothing wakes it; a post waits for the next one.",
        [LoopFeature.OwnedWindows] = "The toolkit's windows own no others.",
        [LoopFeature.ClosingHandlers] = "A handler of IsRunningChanging is asked first only if it was added before the window's first tasks; CloseAfterTasks takes the question.",
        [LoopFeature.HandlerErrors] = "The toolkit's handlers run under no context that the adapter could look into.",
        [LoopFeature.MinimizedWindows] = "The toolkit's windows cannot be minimized.",
        [LoopFeature.SessionEnd] = "A session ends with a signal to the process.",
        [LoopFeature.SuddenEnd] = "The adapter holds the end of the main window back.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() =>
    {
        using IApplication application = _application = Application.Create().Init("ansi");
        using var window = _window = new SessionWindow { Title = "Main" };
        application.Keyboard.KeyDown += OnKeyDown;
        _loop = new TerminalGuiLoop(application, window);
        app.Run(_loop);
    });

    public override void InjectInput(Action received)
    {
        _awaitedKeys.Enqueue(received);
        _application!.GetInputInjector().InjectKey(Key.A, ThroughTheInputQueue);
    }

    public override Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _application!.Invoke(application =>
        {
            application!.LayoutAndDrawComplete += OnDrawn;
            application.TopRunnableView!.SetNeedsDraw();
        });
        return painted.Task;

        void OnDrawn(object? sender, EventArgs e)
        {
            _application.LayoutAndDrawComplete -= OnDrawn;
            painted.SetResult();
        }
    }

    public override void RunNestedLoop(Task until)
    {
        using var dialog = new Dialog();
        _application!.Iteration += OnIteration;
        _application.Run(dialog);
        _application.Iteration -= OnIteration;

        void OnIteration(object? sender, EventArgs<IApplication?> e)
        {
            if (until.IsCompleted)
            {
                dialog.RequestStop();
            }
        }
    }

    public override void EndByItself() => _application!.Invoke(application => application!.RequestStop());

    public override IReadOnlyList<string> WaysToEnd => ["stop of the application", "stop of the window", "quit key"];

    public override void EndBy(string way)
    {
        switch (way)
        {
            case "stop of the window":
                _application!.Invoke(_window!.RequestStop);
                break;
            case "quit key":
                _application!.GetInputInjector().InjectKey(Key.Esc, ThroughTheInputQueue);
                break;
            default:
                EndByItself();
                break;
        }
    }

    public override async Task<LoopWindow> FindMainWindowAsync()
    {
        var found = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop!.Post(() => found.SetResult(_window!.Take(_application!)));
        return await found.Task;
    }

    public override Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) => OpenAsync(name, mayClose, beforeItIsShown: null);

    public override Task<LoopWindow> OpenModalWindowAsync(string name, Action<LoopWindow>? beforeItIsShown = null) => OpenAsync(name, mayClose: null, beforeItIsShown);

    public override LoopView MakeView(string name) => new SessionView(name);

    private async Task<LoopWindow> OpenAsync(string name, Func<Task<bool>>? mayClose, Action<LoopWindow>? beforeItIsShown)
    {
        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop!.Post(() =>
        {
            using var window = new SessionWindow { Id = name, Title = name };
            window.Run(_application!, mayClose, opened.SetResult, beforeItIsShown);
        });
        return await opened.Task;
    }

    public override LoopPanel MakePanel(TaskScope scope) => new SessionPanel(_application!, scope);

    public override IReadOnlyList<LoopDialog> FindDialogs() => SessionDialog.Find(_application!);

    private void OnKeyDown(object? sender, Key key)
    {
        if (_awaitedKeys.TryDequeue(out Action? received))
        {
            received();
        }
    }
}
