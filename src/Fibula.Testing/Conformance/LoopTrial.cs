using System.Threading.Channels;
using Fibula.Toolkits;

namespace Fibula.Testing;

/// <summary>One run of one case: the app on its host, and what the case asks of them.</summary>
internal sealed class LoopTrial
{
    // Shorter than the limit of a case, which would not say what has not come about.
    private static readonly TimeSpan Patience = Expect.Limit * 0.8;

    private readonly Channel<TaskFault> _faults = Channel.CreateUnbounded<TaskFault>();
    private Task? _ended;

    public LoopTrial(LoopHost host)
    {
        Host = host;
        Tasks.Faulted += fault =>
        {
            fault.Handled = true;
            _faults.Writer.TryWrite(fault);
        };
    }

    public LoopHost Host { get; }

    public TrialApp App { get; } = new();

    public TaskScope Tasks => App.Tasks;

    public ToolkitLoop Loop => (ToolkitLoop?)App.Loop ?? throw new InvalidOperationException("The trial has no loop yet. Await StartAsync first.");

    /// <summary>Ends when the host's UI thread is done.</summary>
    public Task Ended => _ended ?? throw new InvalidOperationException("The trial does not run yet. Await StartAsync first.");

    /// <summary>The report of the app, which there is once it has left.</summary>
    public CloseReport Report => App.CloseReport ?? throw new ConformanceException("The app has left without a close report.");

    /// <summary>Lets closes wait longer for their tasks than a case takes, however busy the machine is. Before anything has started.</summary>
    public void WaitForEver() => Tasks.CloseGrace = 2 * Expect.Limit;

    /// <summary>Runs the app and does not wait for anything.</summary>
    public void Launch() => _ended = Host.RunAsync(App);

    /// <summary>Runs the app and waits until its loop runs.</summary>
    public async Task StartAsync()
    {
        Launch();
        await Expect.HappensAsync(Task.WhenAny(App.Running, Ended), "OnRunningAsync was not called.");
        if (!App.Running.IsCompleted)
        {
            await Ended;
            throw new ConformanceException("The loop has ended before OnRunningAsync was called.");
        }
    }

    /// <summary>Runs something on the UI thread, as a posted callback.</summary>
    public async Task<T> OnUiAsync<T>(Func<T> callback)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(() =>
        {
            try
            {
                done.SetResult(callback());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return await Expect.HappensAsync(done.Task, "A posted callback did not run.");
    }

    /// <inheritdoc cref="OnUiAsync{T}(Func{T})"/>
    public Task OnUiAsync(Action callback) =>
        OnUiAsync(() =>
        {
            callback();
            return true;
        });

    /// <summary>Waits until everything that was queued so far has run.</summary>
    public Task SettleAsync() => OnUiAsync(static () => { });

    /// <summary>Waits until no turn is outstanding: the second post has one of its own.</summary>
    public async Task CalmAsync()
    {
        await SettleAsync();
        await SettleAsync();
    }

    /// <summary>Waits until something is so that the UI thread brings about. Each look has a turn of its own.</summary>
    public async Task UntilAsync(Func<bool> isSo, string broken)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!await OnUiAsync(isSo))
        {
            Expect.True(TimeProvider.System.GetElapsedTime(began) < Patience, broken);
        }
    }

    /// <summary>Opens a window of the host.</summary>
    public Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) =>
        Expect.HappensAsync(Host.OpenWindowAsync(name, mayClose), $"The window '{name}' was not opened.");

    /// <summary>The window of the host whose close ends the loop.</summary>
    public Task<LoopWindow> FindMainWindowAsync() =>
        Expect.HappensAsync(Host.FindMainWindowAsync(), "The main window was not shown.");

    /// <summary>Checks something in each of several ways: with this trial, then on new loops of the same host.</summary>
    public async Task InEachWayAsync(IReadOnlyList<string> ways, Func<LoopTrial, string, Task> checkAsync)
    {
        await checkAsync(this, ways[0]);
        foreach (string way in ways.Skip(1))
        {
            var trial = new LoopTrial(Host);
            try
            {
                await checkAsync(trial, way);
                await trial.FinishAsync();
            }
            finally
            {
                trial.App.Exit();
            }
        }
    }

    /// <summary>Keeps the UI thread busy until the result is disposed.</summary>
    public async Task<HeldUi> HoldUiAsync()
    {
        var held = new HeldUi();
        Loop.Post(held.Hold);
        await Expect.HappensAsync(held.Held, "A posted callback did not run.");
        return held;
    }

    /// <summary>The next fault that reaches the root.</summary>
    public Task<TaskFault> FaultAsync(string broken) => Expect.HappensAsync(_faults.Reader.ReadAsync().AsTask(), broken);

    /// <summary>The next error that nobody has handled, a fault or one that came out where the toolkit's own do.</summary>
    public async Task<Exception> UnhandledAsync(string broken)
    {
        var errors = new List<Exception>();
        await UntilAsync(
            () =>
            {
                errors.AddRange(Host.TakeUnhandledErrors());
                while (_faults.Reader.TryRead(out TaskFault? fault))
                {
                    errors.Add(fault.Exception);
                }

                return errors.Count > 0;
            },
            broken);
        Expect.Equal(1, errors.Count, "Several errors were told at once.");
        return errors[0];
    }

    /// <summary>Lets the app leave, and waits until the host's UI thread is done.</summary>
    public async Task LeaveAsync()
    {
        App.Exit();
        await Expect.HappensAsync(Ended, "The app was told to exit, and the loop did not end.");
    }

    /// <summary>After a case: the app leaves, and nothing came up that the case has not asked for.</summary>
    public async Task FinishAsync()
    {
        if (!Ended.IsCompleted)
        {
            await LeaveAsync();
        }

        if (_faults.Reader.TryRead(out TaskFault? fault))
        {
            throw new ConformanceException(fault.Message, fault.Exception);
        }

        if (Host.UnhandledErrors.FirstOrDefault() is { } error)
        {
            throw new ConformanceException($"The toolkit was told of an error that nobody expected: {error.Message}", error);
        }

        Expect.Equal(0, App.CloseReport?.LostCount ?? 0, "The close report counts lost tasks.");
    }
}
