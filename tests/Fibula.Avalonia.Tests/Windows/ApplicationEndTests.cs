using Avalonia.Controls;
using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class ApplicationEndTests
{
    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task Shutdown_InsideATask_EndsTheProgramWithItsExitCode()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();

        BackgroundTask task = program.App.Tasks.Run(async task =>
        {
            program.Lifetime.Shutdown(3);
            await StagedProgram.ForeverAsync(task.CancellationToken);
        });
        await program.Ended;

        Assert.Equal(3, program.ExitCode);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task TryShutdown_AsksTheAppAndObeysIt()
    {
        bool mayLeave = false;
        var asked = new List<ExitCause>();
        await using StagedProgram program = await StagedProgram.StartAsync(options => options.OnExit = cause =>
        {
            asked.Add(cause);
            return Task.FromResult(mayLeave);
        });
        BackgroundTask task = await program.OnUiAsync(() => program.App.Tasks.Run(StagedProgram.ForeverAsync));

        bool first = await program.OnUiAsync(() => program.Lifetime.TryShutdown());
        await program.UntilAsync(() => asked.Count == 1);
        (bool IsVisible, BackgroundTaskState State) afterNo = await program.OnUiAsync(() => (program.Window.IsVisible, task.State));
        mayLeave = true;
        await program.OnUiAsync(() => program.Lifetime.TryShutdown());
        await program.Ended;

        Assert.False(first);
        Assert.Equal((true, BackgroundTaskState.Running), afterNo);
        Assert.Equal([ExitCause.Requested, ExitCause.Requested], asked);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B82")]
    public async Task Close_OfTheMainWindowThatEndsTheProgram_KeepsItUntilTheTasksHaveEnded(bool hasTasksOfItsOwn)
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        var cleanUp = new TaskCompletionSource();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            program.Lifetime.ShutdownMode = ShutdownMode.OnMainWindowClose;
            return (hasTasksOfItsOwn ? program.Window.Tasks : program.App.Tasks).Run(async cancellationToken =>
            {
                await StagedProgram.ForeverAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await cleanUp.Task;
            });
        });

        await program.OnUiAsync(() => StagePlatform.ClickClose(program.Window));
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        bool isVisibleMeanwhile = await program.OnUiAsync(() => program.Window.IsVisible);
        cleanUp.SetResult();
        await program.Ended;

        Assert.True(isVisibleMeanwhile);
        Assert.Equal("the last window", task.CancelReason?.RequestedBy);
    }

    [Fact]
    [Trait("Behaviour", "B43")]
    public async Task Close_OfAnOwner_WaitsForTheTasksOfItsDialogAndThenClosesBoth()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        var cleanUp = new TaskCompletionSource();
        (Window owner, Window dialog, BackgroundTask task) = await program.OnUiAsync(() =>
        {
            var owner = new Window { Title = "Owner" };
            owner.Show();
            var dialog = new Window { Title = "Dialog" };
            dialog.Show(owner);
            dialog.CloseAfterTasks(waits: true);
            return (owner, dialog, dialog.Tasks.Run(async cancellationToken =>
            {
                await StagedProgram.ForeverAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await cleanUp.Task;
            }));
        });

        await program.OnUiAsync(() => StagePlatform.ClickClose(owner));
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        (bool, bool) meanwhile = await program.OnUiAsync(() => (owner.IsVisible, dialog.IsVisible));
        cleanUp.SetResult();
        await program.UntilAsync(() => owner.PlatformImpl is null);

        Assert.Equal((true, true), meanwhile);
        Assert.Null(await program.OnUiAsync(() => dialog.PlatformImpl));
    }

    [Fact]
    [Trait("Behaviour", "B47")]
    public async Task Fault_NobodyHandled_ArrivesOnceAtTheDispatchersEvent()
    {
        var arrived = new List<Exception>();
        await using StagedProgram program = await StagedProgram.StartAsync();
        await program.OnUiAsync(() => program.Dispatcher.UnhandledException += (_, e) =>
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
        await using StagedProgram program = await StagedProgram.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => program.OnUiAsync(() => global::Avalonia.Application.Current!.UseFibula()));

        Assert.Equal(
            "The Avalonia application has a Fibula loop already. Call UseFibula() once, in OnFrameworkInitializationCompleted.",
            error.Message);
    }
}
