using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class ApplicationEndTests
{
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
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B82")]
    public async Task Close_OfTheMainWindowThatEndsTheProgram_KeepsItUntilTheTasksHaveEnded(bool hasTasksOfItsOwn)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        var cleanUp = new TaskCompletionSource();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            program.Application.ShutdownMode = ShutdownMode.OnMainWindowClose;
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
