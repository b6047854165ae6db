using System.Windows.Forms;
using Fibula.Diagnostics;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>A form on a UI thread of its own, beside that of the program.</summary>
[Collection("Windows Forms")]
public sealed class SecondUiThreadTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource<Form> _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FormsProgram _program = null!;
    private Task _second = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await FormsProgram.StartAsync(options => options.OnFault = fault => fault.Handled = true);
        _second = UiThread.RunAsync(() => RunPlot(_program.App.Tasks, _shown.SetResult));
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task End_OfTheProgram_ClosesTheFormAndWaitsForItsTasks()
    {
        Form plot = await _shown.Task.WaitAsync(Patience);
        var moment = new TaskCompletionSource();
        bool hasCleanedUp = false;
        BackgroundTask task = await OnAsync(plot, () => plot.Tasks.Run(token => FormsProgram.CleanUpAsync(moment.Task, () => hasCleanedUp = true, token)));

        await _program.OnUiAsync(() => _program.Form.Close());
        await _program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        bool endedBefore = _program.Ended.IsCompleted || _second.IsCompleted;
        moment.SetResult();
        await Task.WhenAll(_program.Ended, _second);

        Assert.False(endedBefore);
        Assert.True(hasCleanedUp);
        Assert.True(plot.IsDisposed);
        Assert.Equal("Plot", Assert.Single(_program.App.CloseReport!.Canceled).Name);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Close_OfTheForm_LeavesTheProgramRunning()
    {
        Form plot = await _shown.Task.WaitAsync(Patience);
        BackgroundTask task = await OnAsync(plot, () => plot.Tasks.Run(FormsProgram.ForeverAsync));

        await OnAsync(plot, () => plot.BeginInvoke(plot.Close));
        await _second;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.False(_program.Ended.IsCompleted);
        Assert.Empty(_program.App.Tasks.Snapshot().Tasks);
    }

    [Fact]
    [Trait("Behaviour", "B84")]
    public async Task Fault_InTheForm_IsToldOnTheThreadOfTheProgram()
    {
        Form plot = await _shown.Task.WaitAsync(Patience);
        var told = new TaskCompletionSource<(string Name, bool IsHere)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _program.App.Tasks.Faulted += fault => told.SetResult((fault.Name, _program.App.Loop!.CheckAccess()));

        await OnAsync(plot, () => plot.Tasks.Run(() => throw new InvalidOperationException(), new TaskOptions { Name = "Draw" }));

        Assert.Equal(("Draw", true), await told.Task.WaitAsync(Patience));
        Assert.Empty(_program.Errors);
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public async Task Form_OfAThreadThatHasEnded_IsCollectedWithItsApp()
    {
        (WeakReference form, WeakReference app) = await RunAndCloseAsync();

        // The program hears of the end.
        await _program.UntilAsync(() => _program.App.Tasks.Snapshot().Tasks.Count == 1);
        for (int round = 0; (form.IsAlive || app.IsAlive) && round < 100; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(form.IsAlive);
        Assert.False(app.IsAlive);
    }

    // In a method of its own: the test must hold no form.
    private async Task<(WeakReference, WeakReference)> RunAndCloseAsync()
    {
        (WeakReference, WeakReference)? known = null;
        await UiThread.RunAsync(() => RunPlot(_program.App.Tasks, form =>
        {
            known = (new WeakReference(form), new WeakReference(form.Tasks.Loop!.App));
            form.Tasks.Run(FormsProgram.ForeverAsync);
            form.BeginInvoke(form.Close);
        }));
        return known!.Value;
    }

    // docs: secondThread
    // The Main of a second UI thread: as any other program, but for the owner.
    private static void RunPlot(TaskScope owner, Action<Form> shown)
    {
        Application.UseFibula(options =>
        {
            options.Name = "Plot";
            options.Owner = owner;
        });
        var plot = new Form { Name = "PlotForm" };
        plot.Shown += (_, _) => shown(plot);
        Application.Run(plot);
    }
    // docs: end

    private static async Task<T> OnAsync<T>(Form form, Func<T> callback)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        form.BeginInvoke(() => done.SetResult(callback()));
        return await done.Task.WaitAsync(Patience);
    }
}
