using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class SecondWindowTests
{
    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task Close_OfAWindowThatHasSaidNothing_KeepsItOpenAndSaysSo()
    {
        var moment = new TaskCompletionSource();
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, BackgroundTask task) = await OpenAsync(program, moment.Task);
        bool isClosed = false;
        window.Closed += (_, _) => isClosed = true;

        await program.OnUiAsync(window.Close);
        await program.UntilAsync(() => window.Title == "Waiting for tasks: Import");
        bool isEnabled = await program.OnUiAsync(() => window.IsEnabled);
        bool isClosedMeanwhile = isClosed;
        moment.SetResult();
        await program.UntilAsync(() => isClosed);
        string? title = await program.OnUiAsync(() => window.Title);

        Assert.Equal((false, false), (isEnabled, isClosedMeanwhile));
        Assert.True(task.IsCompleted);
        Assert.Equal("Import", title);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task CloseAfterTasks_False_ClosesTheWindowUnderItsTask()
    {
        var moment = new TaskCompletionSource();
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, BackgroundTask task) = await OpenAsync(program, moment.Task);

        bool isClosedAtOnce = await program.OnUiAsync(() =>
        {
            bool isClosed = false;
            window.Closed += (_, _) => isClosed = true;
            window.CloseAfterTasks(waits: false);
            window.Close();
            return isClosed;
        });
        bool isTold = task.CancelReason is not null;
        moment.SetResult();

        Assert.Equal((true, true), (isClosedAtOnce, isTold));
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task Close_OfAnOwner_WaitsOnceForTheTasksOfItsWindowToo()
    {
        TaskCompletionSource[] moments = [new(), new()];
        int closed = 0;
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window owner, BackgroundTask own) = await OpenAsync(program, moments[0].Task);
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            var window = new Window { Title = "Owned", Width = 200, Height = 100, Owner = owner };
            window.Show();
            window.Closed += (_, _) => closed++;
            owner.Closed += (_, _) => closed++;
            return window.Tasks.Run(token => CleanUpAsync(moments[1].Task, token));
        });

        await program.OnUiAsync(owner.Close);
        await program.UntilAsync(() => own.State == BackgroundTaskState.Canceling && task.State == BackgroundTaskState.Canceling);
        moments[0].SetResult();
        await program.UntilAsync(() => own.IsCompleted);
        int closedMeanwhile = closed;
        moments[1].SetResult();
        await program.UntilAsync(() => closed == 2);

        Assert.Equal(0, closedMeanwhile);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B96")]
    public async Task DialogResult_OfADialogThatIsHeld_SurvivesASecondClick(bool given)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();

        (bool? answer, bool isCleanedUp) = await program.OnUiAsync(() =>
        {
            var moment = new TaskCompletionSource();
            var dialog = new Window { Title = "Dialog", Width = 200, Height = 100 };
            BackgroundTask? task = null;
            dialog.Dispatcher.BeginInvoke(() =>
            {
                task = dialog.Tasks.Run(token => CleanUpAsync(moment.Task, token));
                dialog.DialogResult = given;
                dialog.Dispatcher.BeginInvoke(() =>
                {
                    dialog.Close();
                    dialog.Dispatcher.BeginInvoke(moment.SetResult);
                });
            });
            return (dialog.ShowDialog(), task?.IsCompleted == true);
        });

        Assert.Equal((given, true), (answer, isCleanedUp));
    }

    [Fact]
    [Trait("Behaviour", "B90")]
    public async Task Cancellation_ThatLeavesAnAsyncVoid_DisturbsNobody()
    {
        var errors = new List<Exception>();
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Window window, BackgroundTask task) = await OpenAsync(program, Task.CompletedTask);
        program.Application.Dispatcher.UnhandledException += (_, e) =>
        {
            if (!e.Handled)
            {
                errors.Add(e.Exception);
                e.Handled = true;
            }
        };

        await program.OnUiAsync(() => Click(task));
        await program.OnUiAsync(window.Close);
        await program.UntilAsync(() => task.IsCompleted);
        await program.OnUiAsync(() => Click(null));
        await program.UntilAsync(() => errors.Count > 0);

        Assert.Equal(["disk full"], errors.Select(static error => error.Message));
    }

    private static async void Click(BackgroundTask? task)
    {
        if (task is not null)
        {
            await task;
        }

        throw new IOException("disk full");
    }

    private static Task<(Window Window, BackgroundTask Task)> OpenAsync(WpfProgram program, Task moment) => program.OnUiAsync(() =>
    {
        var window = new Window { Title = "Import", Width = 200, Height = 100 };
        window.Show();
        return (window, window.Tasks.Run(token => CleanUpAsync(moment, token)));
    });

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
}
