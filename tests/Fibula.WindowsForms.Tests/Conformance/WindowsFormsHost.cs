using System.Collections.Concurrent;
using System.Windows.Forms;
using Fibula.Testing;

namespace Fibula.WindowsForms.Tests.Conformance;

/// <summary>A real Windows Forms thread with a form.</summary>
internal sealed class WindowsFormsHost : LoopHost
{
    private readonly ConcurrentQueue<Action> _awaitedKeys = new();
    private TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CountingForm? _form;
    private UiLoop? _loop;

    public override string Name => "WindowsFormsLoop";

    public override IReadOnlyDictionary<LoopFeature, string> Lacks { get; } = new Dictionary<LoopFeature, string>
    {
        [LoopFeature.HandlerErrors] = "The toolkit shows its dialog, or raises ThreadException, whatever the adapter says.",
        [LoopFeature.SuddenEnd] = "The adapter holds the end of the main form back.",
    };

    public override Task RunAsync(UiApp app) => RunOnUiThread(() =>
    {
        Application.ThreadException += (_, e) => AddUnhandledError(e.Exception);
        _shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _form = new CountingForm("Main", mayClose: null) { KeyPreview = true };
        _form.KeyDown += OnKeyDown;
        _form.Shown += (_, _) =>
        {
            _form.Activate();
            _shown.SetResult();
        };
        _loop = new WindowsFormsLoop(_form);
        app.Run(_loop);
    });

    public override void InjectInput(Action received)
    {
        _awaitedKeys.Enqueue(received);
        _shown.Task.ContinueWith(static _ => Keyboard.Type((byte)Keys.A), TaskScheduler.Default);
    }

    public override Task RepaintAsync()
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _shown.Task.ContinueWith(_ => _form!.BeginInvoke(() =>
        {
            _form.Paint += OnPaint;
            _form.Invalidate();
        }), TaskScheduler.Default);
        return painted.Task;

        void OnPaint(object? sender, PaintEventArgs e)
        {
            _form!.Paint -= OnPaint;
            painted.SetResult();
        }
    }

    public override void RunNestedLoop(Task until)
    {
        using var dialog = new Form();
        dialog.Load += (_, _) => until.ContinueWith(_ => dialog.BeginInvoke(dialog.Close), TaskScheduler.Default);
        dialog.ShowDialog();
    }

    public override void EndByItself() => _form!.BeginInvoke(_form.Close);

    public override IReadOnlyList<string> WaysToEnd => ["close of the form", "disposal of the form", "Application.Exit", "Application.ExitThread"];

    public override void EndBy(string way) => _form!.BeginInvoke(() =>
    {
        switch (way)
        {
            case "disposal of the form":
                _form.Dispose();
                break;
            case "Application.Exit":
                Application.Exit();
                break;
            case "Application.ExitThread":
                Application.ExitThread();
                break;
            default:
                _form.Close();
                break;
        }
    });

    public override void EndSession(Action<bool> returned) => _form!.BeginInvoke(() =>
    {
        bool isAccepted = User32.Send(_form.Handle, User32.QueryEndSession, 0, 0) != 0;
        User32.Send(_form.Handle, User32.EndSession, isAccepted ? 1 : 0, 0);
        returned(isAccepted);
    });

    public override async Task<LoopWindow> FindMainWindowAsync()
    {
        await _shown.Task;
        var found = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _form!.BeginInvoke(() => found.SetResult(_form.Hold));
        return await found.Task;
    }

    public override async Task<LoopWindow> OpenModalWindowAsync(string name, Action<LoopWindow>? beforeItIsShown = null)
    {
        await _shown.Task;
        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _form!.BeginInvoke(() =>
        {
            using var form = new CountingForm(name, mayClose: null);
            beforeItIsShown?.Invoke(form.Hold);
            form.Shown += (_, _) => opened.TrySetResult(form.Hold);
            form.ShowDialog();
        });
        return await opened.Task;
    }

    public override Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) => OpenAsync(name, mayClose, owner: null);

    public override Task<LoopWindow> OpenOwnedWindowAsync(LoopWindow owner, string name) => OpenAsync(name, mayClose: null, (Form)owner.View);

    public override LoopView MakeView(string name) => new ControlView(name);

    public override LoopPanel MakePanel(TaskScope scope) => new ControlPanel(scope);

    public override IReadOnlyList<LoopDialog> FindDialogs() => FormDialog.Find();

    private async Task<LoopWindow> OpenAsync(string name, Func<Task<bool>>? mayClose, Form? owner)
    {
        var opened = new TaskCompletionSource<LoopWindow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop!.Post(() =>
        {
            var form = new CountingForm(name, mayClose) { Owner = owner };
            form.Shown += (_, _) => opened.TrySetResult(form.Hold);
            form.Show();
        });
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
