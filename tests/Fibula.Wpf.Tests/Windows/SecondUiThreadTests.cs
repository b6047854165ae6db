using System.Windows;
using System.Windows.Threading;
using Fibula.Diagnostics;

namespace Fibula.Wpf.Tests.Windows;

/// <summary>A window on a UI thread of its own, beside that of the program.</summary>
[Collection("WPF")]
public sealed class SecondUiThreadTests : IAsyncLifetime
{
    private readonly TaskCompletionSource<Window> _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WpfProgram _program = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await WpfProgram.StartAsync();
        var thread = new Thread(() =>
        {
            try
            {
                RunPlot(_program.App.Tasks, _shown.SetResult);
                _ended.SetResult();
            }
            catch (Exception error)
            {
                _ended.SetException(error);
            }
        })
        {
            IsBackground = true,
        };
        thread.SetApartmentState(ApartmentState.STA);
        thread.Start();
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task End_OfTheProgram_ClosesTheWindowAndWaitsForItsTasks()
    {
        Window plot = await WpfProgram.Within(_shown.Task);
        var moment = new TaskCompletionSource();
        bool isClosed = false;
        BackgroundTask task = await OnAsync(plot, () =>
        {
            plot.Closed += (_, _) => isClosed = true;
            return plot.Tasks.Run(token => CleanUpAsync(moment.Task, token));
        });

        await _program.OnUiAsync(() => _program.Window.Close());
        await _program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        bool endedBefore = _program.Ended.IsCompleted || _ended.Task.IsCompleted;
        moment.SetResult();
        await WpfProgram.Within(Task.WhenAll(_program.Ended, _ended.Task));

        Assert.False(endedBefore);
        Assert.True(isClosed);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal("Plot", Assert.Single(_program.App.CloseReport!.Canceled).Name);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Close_OfTheWindow_LeavesTheProgramRunning()
    {
        Window plot = await WpfProgram.Within(_shown.Task);
        BackgroundTask task = await OnAsync(plot, () => plot.Tasks.Run(WpfProgram.ForeverAsync));

        await OnAsync(plot, () => plot.Dispatcher.BeginInvoke(plot.Close));
        await WpfProgram.Within(_ended.Task);

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.False(_program.Ended.IsCompleted);
        Assert.Empty(_program.App.Tasks.Snapshot().Tasks);
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public async Task Window_OfAThreadThatHasEnded_IsCollectedWithItsApp()
    {
        (WeakReference window, WeakReference app) = await RunAndCloseAsync();

        // The program hears of the end.
        await _program.UntilAsync(() => _program.App.Tasks.Snapshot().Tasks.Count == 1);
        for (int round = 0; (window.IsAlive || app.IsAlive) && round < 100; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(window.IsAlive);
        Assert.False(app.IsAlive);
    }

    // In a method of its own: the test must hold no window.
    private async Task<(WeakReference, WeakReference)> RunAndCloseAsync()
    {
        (WeakReference, WeakReference)? known = null;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            RunPlot(_program.App.Tasks, window =>
            {
                known = (new WeakReference(window), new WeakReference(window.Tasks.Loop!.App));
                window.Tasks.Run(WpfProgram.ForeverAsync);
                window.Dispatcher.BeginInvoke(window.Close);
            });
            ended.SetResult();
        })
        {
            IsBackground = true,
        };
        thread.SetApartmentState(ApartmentState.STA);
        thread.Start();
        await WpfProgram.Within(ended.Task);
        return known!.Value;
    }

    // docs: secondThread
    // The Main of a second UI thread: as any other program, but for the owner.
    private static void RunPlot(TaskScope owner, Action<Window> shown)
    {
        Dispatcher.CurrentDispatcher.UseFibula(owner, options => options.Name = "Plot");
        var plot = new Window { Title = "Plot", Width = 300, Height = 200 };
        plot.Loaded += (_, _) => shown(plot);
        plot.Closed += (_, _) => plot.Dispatcher.BeginInvokeShutdown(DispatcherPriority.Normal);
        plot.Show();
        Dispatcher.Run();
    }
    // docs: end

    private static async Task CleanUpAsync(Task moment, CancellationToken cancellationToken)
    {
        try
        {
            await WpfProgram.ForeverAsync(cancellationToken);
        }
        finally
        {
            await moment;
        }
    }

    private static Task<T> OnAsync<T>(Window window, Func<T> callback) => WpfProgram.Within(window.Dispatcher.InvokeAsync(callback).Task);
}
