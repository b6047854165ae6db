using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class ApplicationEndTests
{
    [Theory]
    [InlineData("Shutdown", 3)]
    [InlineData("InvokeShutdown", 0)]
    [Trait("Behaviour", "B82")]
    public async Task End_ThatAsksNobody_WaitsForTheCleanUpOfTasks(string way, int exitCode)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        var cleanUp = new TaskCompletionSource();
        string? cleanedUpOn = null;
        BackgroundTask task = program.App.Tasks.Run(async cancellationToken =>
        {
            try
            {
                await WpfProgram.ForeverAsync(cancellationToken);
            }
            finally
            {
                await cleanUp.Task;
                cleanedUpOn = WpfProgram.ToolkitThread;
            }
        });
        await program.UntilAsync(() => task.State == BackgroundTaskState.Running);

        _ = program.Application.Dispatcher.BeginInvoke(way == "Shutdown" ? () => program.Application.Shutdown(3) : program.Application.Dispatcher.InvokeShutdown);
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        bool hasEndedBefore = program.Ended.IsCompleted;
        cleanUp.SetResult();
        await program.Ended;

        Assert.False(hasEndedBefore);
        Assert.Equal("wpf", cleanedUpOn);
        Assert.Equal(exitCode, program.ExitCode);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task Shutdown_InsideATask_DoesNotWaitForItself()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();

        BackgroundTask task = program.App.Tasks.Run(async task =>
        {
            program.Application.Shutdown(4);
            await task.Delay(Timeout.InfiniteTimeSpan);
        });
        await program.Ended;

        Assert.Equal(4, program.ExitCode);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Empty(program.App.CloseReport!.Survivors);
    }

    [Theory]
    [InlineData(ShutdownMode.OnLastWindowClose, true)]
    [InlineData(ShutdownMode.OnMainWindowClose, true)]
    [InlineData(ShutdownMode.OnLastWindowClose, false)]
    [InlineData(ShutdownMode.OnMainWindowClose, false)]
    [Trait("Behaviour", "B82")]
    public async Task Close_OfTheWindowThatEndsTheProgram_KeepsItUntilTheTasksHaveEnded(ShutdownMode mode, bool hasTasksOfItsOwn)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        var cleanUp = new TaskCompletionSource();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            program.Application.ShutdownMode = mode;
            return (hasTasksOfItsOwn ? program.Window.Tasks : program.App.Tasks).Run(async cancellationToken =>
            {
                await WpfProgram.ForeverAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await cleanUp.Task;
            });
        });

        await program.OnUiAsync(() => Native.ClickClose(WpfProgram.HandleOf(program.Window)));
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        bool isVisibleMeanwhile = await program.OnUiAsync(() => program.Window.IsVisible);
        cleanUp.SetResult();
        await program.Ended;

        Assert.True(isVisibleMeanwhile);
        Assert.Equal("the last window", task.CancelReason?.RequestedBy);
    }

    [Fact]
    [Trait("Behaviour", "B43")]
    public async Task Close_OfADialogWithAResult_WaitsForItsTasksAndKeepsTheResult()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        var cleanUp = new TaskCompletionSource();
        BackgroundTask? task = null;
        Window? dialog = null;
        Task<bool?> result = program.OnUiAsync(() =>
        {
            dialog = new Window { Title = "Dialog", Width = 200, Height = 100 };
            dialog.CloseAfterTasks(waits: true);
            task = dialog.Tasks.Run(async cancellationToken =>
            {
                await WpfProgram.ForeverAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await cleanUp.Task;
            });
            return dialog.ShowDialog();
        });
        await program.UntilAsync(() => dialog?.IsVisible == true);

        await program.OnUiAsync(() => dialog!.DialogResult = true);
        await program.UntilAsync(() => task!.State == BackgroundTaskState.Canceling);
        bool isVisibleMeanwhile = await program.OnUiAsync(() => dialog!.IsVisible);
        cleanUp.SetResult();

        Assert.True(await result);
        Assert.True(isVisibleMeanwhile);
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public async Task Fault_NobodyHandled_ArrivesOnceAtTheApplicationsEvent()
    {
        var arrived = new List<Exception>();
        await using WpfProgram program = await WpfProgram.StartAsync();
        await program.OnUiAsync(() => program.Application.DispatcherUnhandledException += (_, e) =>
        {
            arrived.Add(e.Exception);
            e.Handled = true;
        });

        program.App.Tasks.Run(() => throw new InvalidDataException("no network"));
        await program.UntilAsync(() => arrived.Count > 0);
        await program.OnUiAsync(() => { });

        Assert.Equal("no network", Assert.IsType<InvalidDataException>(Assert.Single(arrived)).Message);
    }

    [Fact]
    public async Task UseFibula_Twice_SaysWhatToDo()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => program.OnUiAsync(() => program.Application.UseFibula()));

        Assert.Equal("The WPF application has a Fibula loop already. Call UseFibula() once, in OnStartup.", error.Message);
    }
}
