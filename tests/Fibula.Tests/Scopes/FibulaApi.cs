using Fibula.Diagnostics;
using Fibula.Toolkits;

namespace Fibula.Tests.Scopes;

/// <summary>One app with a window and a task that runs: makes each kind of callback happen, and calls every public method.</summary>
internal sealed class FibulaApi
{
    private readonly UiApp _app;
    private readonly TaskScope _window;
    private readonly TaskBoard _board;
    private readonly BackgroundTask<int> _running;
    private TaskContext? _context;

    public FibulaApi(UiApp app)
    {
        _app = app;
        _window = app.Tasks.CreateChild("window");
        _board = new TaskBoard(_window);
        _running = _window.Run(async task =>
        {
            _context = task;
            await new TaskCompletionSource().Task.WaitAsync(task.CancellationToken);
            return 1;
        });
    }

    public void Trigger(string callback, Action called)
    {
        TaskScope scope = _app.Tasks.CreateChild("callbacks");
        switch (callback)
        {
            case "Faulted":
                scope.Faulted += fault =>
                {
                    fault.Handled = true;
                    called();
                };
                scope.Run(() => throw new InvalidOperationException());
                break;
            case "StateChanged":
                BackgroundTask changing = scope.Run(WaitAsync);
                changing.StateChanged += (_, _) => called();
                changing.Cancel();
                break;
            case "PropertyChanged":
                BackgroundTask notifying = scope.Run(WaitAsync);
                notifying.PropertyChanged += (_, _) => called();
                notifying.Cancel();
                break;
            case "board":
                _board.Changed += called;
                scope.Run(WaitAsync);
                break;
            case "progress":
                scope.Run(task =>
                {
                    task.AsProgress<int>(_ => called()).Report(1);
                    return WaitAsync(task);
                });
                break;
            case "post":
                _app.Loop!.Post(called);
                break;
            case "OnExit":
                _ = _app.RequestExitAsync();
                break;
            case "work":
                scope.Run(() =>
                {
                    called();
                    return Task.CompletedTask;
                });
                break;
            case "continuation":
                scope.Run(async () =>
                {
                    await scope.Run(task => task.Delay(TimeSpan.FromSeconds(1)));
                    called();
                });
                break;
            case "token":
                scope.Run(task => WaitAndCallAsync(task, called)).Cancel();
                break;
            case "caller's token":
                var source = new CancellationTokenSource();
                scope.Run(task => WaitAndCallAsync(task, called), new TaskOptions { CancellationToken = source.Token });
                source.Cancel();
                break;
            case "cancel of an owned task":
                scope.Own(new TaskCompletionSource().Task, cancel: called).Cancel();
                break;
            case "token at close":
                scope.Run(task => WaitAndCallAsync(task, called));
                _ = scope.CloseAsync();
                break;
            case "TaskStarted":
                scope.TaskStarted += _ => called();
                scope.Run(WaitAsync);
                break;
            case "Unresponsive":
                scope.UnresponsiveAfter = TimeSpan.FromSeconds(1);
                scope.Unresponsive += _ => called();
                scope.Run(static () => new TaskCompletionSource().Task).Cancel();
                break;
            case "PropertyChanged of a command":
                var command = new TaskCommand(scope, WaitAsync);
                command.PropertyChanged += (_, _) => called();
                command.ExecuteAsync();
                break;
            case "CanExecuteChanged":
                var button = new TaskCommand(scope, WaitAsync);
                button.CanExecuteChanged += (_, _) => called();
                button.ExecuteAsync();
                break;
            case "CanExecuteWhen":
                new TaskCommand(scope, WaitAsync) { CanExecuteWhen = () => Tell(called) }.CanExecute();
                break;
            case "equality":
                var key = new ObservableValue<Key>(new Key(called));
                scope.RunWhileShown(key, static (_, task) => WaitAsync(task));
                key.Value = new Key(called);
                break;
            case "text of an error":
                scope.Faulted += static fault => fault.Handled = true;
                scope.Run(() => throw new TellingException(called));
                break;
            case "clock":
                ((TellingClock)_app.Loop!.TimeProvider).Called = called;
                scope.Run(WaitAsync);
                break;
            case "OnAsk":
                scope.Run(WaitAsync, new TaskOptions { OnClose = ClosePolicy.Ask });
                _ = scope.RequestCloseAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(callback), callback, null);
        }
    }

    public void CallEverything(bool insideOnExit = false)
    {
        TaskScope child = _window.CreateChild("child");
        child.Faulted += Ignore;
        child.Faulted -= Ignore;
        child.CloseGrace = TimeSpan.FromSeconds(1);
        _ = (TaskScope.Current, child.Name, child.Loop, child.CloseGrace, child.ToString());
        BackgroundTask[] started =
        [
            child.Run(WaitAsync),
            child.Run(() => Task.FromResult(1)),
            child.RunOnThreadPool(WaitAsync),
            child.RunOnThreadPool(() => 1),
            child.Own(Task.CompletedTask),
            child.Own(new TaskCompletionSource<int>().Task, cancel: () => { }),
            _context!.Run(WaitAsync),
            _context.RunOnThreadPool(() => { }),
        ];
        Array.ForEach(started, Use);
        Use(_running);
        _ = _running.AsTask();
        _running.GetAwaiter().OnCompleted(() => { });
        _context.Report(0.5, "half");
        _context.Report(1, 2);
        _context.Report("message");
        _context.Advance();
        _context.AsProgress<int>(_ => { }).Report(1);
        _ = (_context.CancellationToken, _context.TimeProvider, _context.Delay(TimeSpan.FromHours(1)));
        _ = (_context.SwitchToUiAsync().IsCompleted, _context.SwitchToThreadPoolAsync().IsCompleted);
        _ = (_app.Tasks.Snapshot().Children.Count, _app.Loop, _app.CloseReport, _app.ExitCode);
        _ = (_app.Loop!.CheckAccess(), _app.Loop.Post(() => { }), ((ToolkitLoop)_app.Loop).TurnsRequested, _app.Post(() => { }));
        using (var board = new TaskBoard(child))
        {
            board.Cancel(1);
            _ = (board.Rows, _board.Cancel(int.MaxValue));
        }

        var command = new TaskCommand(child, WaitAsync);
        command.ExecuteAsync();
        command.Cancel();
        _ = (command.IsRunning, command.QueuedCount, command.CanExecute(), command.CancelAsync());
        child.RunEvery(TimeSpan.FromHours(1), WaitAsync);
        child.RunWhileShown(WaitAsync);
        child.IsShown = false;
        _ = (_running.Explain(), _running.MoveTo(_window), started[0].MoveTo(_window), child.IsClosing, child.IsClosed);
        child.Cancel();
        _ = child.RequestCloseAsync();
        _ = child.CloseAsync();
        _ = child.DisposeAsync().AsTask();
        child.ReleaseSurvivors();
        _ = _window.CreateChild("empty").CloseAsync(within: TimeSpan.Zero);
        if (insideOnExit)
        {
            Assert.Throws<InvalidOperationException>(() => { _ = _app.RequestExitAsync(); });
        }
        else
        {
            _ = _app.RequestExitAsync();
        }
    }

    private static void Use(BackgroundTask task)
    {
        task.StateChanged += Ignore;
        task.StateChanged -= Ignore;
        task.PropertyChanged += Ignore;
        task.PropertyChanged -= Ignore;
        _ = (task.Name, task.State, task.IsCompleted, task.CancelReason, task.Progress, task.Elapsed, task.Scope, task.ToString());
        _ = (task.AsTask(), task.GetAwaiter(), task.ConfigureAwait(false).GetAwaiter());
    }

    private static Task WaitAsync(TaskContext task) => task.Delay(TimeSpan.FromHours(1));

    private static Task WaitAndCallAsync(TaskContext task, Action called)
    {
        task.CancellationToken.Register(called);
        return WaitAsync(task);
    }

    private static void Ignore(TaskFault fault) => fault.Handled = true;

    private static void Ignore(BackgroundTaskState old, BackgroundTaskState now)
    {
    }

    private static void Ignore(object? sender, System.ComponentModel.PropertyChangedEventArgs e)
    {
    }

    private static bool Tell(Action called)
    {
        called();
        return true;
    }

    private sealed class Key(Action called) : IEquatable<Key>
    {
        public bool Equals(Key? other)
        {
            called();
            return ReferenceEquals(this, other);
        }

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => 0;
    }

    private sealed class TellingException(Action called) : Exception
    {
        public override string Message
        {
            get
            {
                called();
                return "Broken.";
            }
        }
    }
}
