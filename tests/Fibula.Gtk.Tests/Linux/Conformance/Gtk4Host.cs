using System.Collections.Concurrent;
using Fibula.Testing;

namespace Fibula.Gtk.Tests.Linux.Conformance;

/// <summary>A real GtkApplication with real windows on a screen of its own, clicked by that screen's mouse.</summary>
internal sealed class Gtk4Host : LoopHost
{
    private readonly ConcurrentQueue<Action> _awaitedClicks = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _awaitedPaint = new();

    // Before its first paint a window has no layout, and a click on it goes nowhere.
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private nint _application;
    private nint _window;
    private nint _area;
    private UiLoop? _loop;

    public override string Name => "GLibLoop of a GTK 4 application";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.HandlerErrors] = "The toolkit's handlers run under the context of the binding, or none.",
        [LoopFeature.RepeatedClosing] = "The toolkit destroys the window then, and asks nobody again.",
        [LoopFeature.SessionEnd] = "A session ends with a signal to the process.",
        [LoopFeature.SuddenEnd] = "The adapter holds every end of the application back.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() =>
    {
        _application = Gtk4.MakeApplication();
        Gtk4.Connect(_application, "activate", OnActivate);
        _loop = GLibLoop.OfApplication(_application);
        try
        {
            app.Run(_loop);
        }
        finally
        {
            Gtk4.Unref(_application);
        }
    });

    public override void InjectInput(Action received)
    {
        _awaitedClicks.Enqueue(received);
        _shown.Task.ContinueWith(_ => XDisplay.Click(150, 60), TaskScheduler.Default);
    }

    public override Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Native.Idle(0, () =>
        {
            _awaitedPaint.Enqueue(painted);
            Gtk4.QueueDraw(_area);
        });
        return painted.Task;
    }

    public override void RunNestedLoop(Task until)
    {
        until.ContinueWith(_ => Native.WakeUp(0), TaskScheduler.Default);
        while (!until.IsCompleted)
        {
            _ = Native.Iterate(0, mayBlock: 1);
        }
    }

    public override void EndByItself() => Native.Idle(0, () => Gtk4.Close(_window));

    public override IReadOnlyList<string> WaysToEnd => ["close of the window", "destruction of the window", "g_application_quit"];

    public override void EndBy(string way)
    {
        switch (way)
        {
            case "destruction of the window":
                Native.Idle(0, () => Gtk4.Destroy(_window));
                break;
            case "g_application_quit":
                Native.Idle(0, () => Gtk4.Quit(_application));
                break;
            default:
                EndByItself();
                break;
        }
    }

    public override Task<LoopWindow> FindMainWindowAsync() => OpenAsync(() => new Gtk4Window(_loop!, _window));

    public override Task<LoopWindow> OpenModalWindowAsync(string name, Action<LoopWindow>? beforeItIsShown = null) => OpenAsync(() =>
    {
        nint window = Gtk4Window.Make(_application, name, _window);
        Gtk4.SetModal(window, 1);
        var hold = new Gtk4Window(_loop!, window);
        beforeItIsShown?.Invoke(hold);
        Gtk4.Present(window);
        return hold;
    });

    public override Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) =>
        OpenAsync(() => new Gtk4Window(_loop!, _application, name, mayClose));

    public override Task<LoopWindow> OpenOwnedWindowAsync(LoopWindow owner, string name) =>
        OpenAsync(() => new Gtk4Window(_loop!, _application, name, mayClose: null, ((Gtk4Window)owner).Handle));

    public override LoopView MakeView(string name) => new Gtk4View(name);

    public override LoopPanel MakePanel(TaskScope scope) => new Gtk4Panel(scope);

    public override IReadOnlyList<LoopDialog> FindDialogs() => Gtk4QuestionDialog.Find();

    private async Task<LoopWindow> OpenAsync(Func<LoopWindow> open)
    {
        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop!.Post(() => opened.SetResult(open()));
        return await opened.Task;
    }

    private bool OnActivate()
    {
        _window = Gtk4.ApplicationWindowNew(_application);
        Gtk4.SetTitle(_window, "Main");
        nint button = Gtk4.ButtonNew("Click");
        nint box = Gtk4.BoxNew(1, 0);
        _area = Gtk4.DrawingArea(OnPainted);
        Gtk4.Connect(button, "clicked", OnClicked);
        Gtk4.SetVExpand(button, 1);
        Gtk4.SetVExpand(_area, 1);
        Gtk4.Append(box, button);
        Gtk4.Append(box, _area);
        Gtk4.SetChild(_window, box);
        Gtk4.SetDefaultSize(_window, 300, 200);
        Gtk4.Present(_window);
        Gtk4.Sync(Gtk4.DisplayOf(_window));
        return false;
    }

    private bool OnClicked()
    {
        if (_awaitedClicks.TryDequeue(out Action? received))
        {
            received();
        }

        return false;
    }

    private void OnPainted()
    {
        _shown.TrySetResult();
        while (_awaitedPaint.TryDequeue(out TaskCompletionSource? painted))
        {
            painted.SetResult();
        }
    }
}
