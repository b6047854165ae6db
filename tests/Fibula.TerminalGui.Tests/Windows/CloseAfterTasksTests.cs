using Terminal.Gui.Input;
using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Windows;

public sealed class CloseAfterTasksTests
{
    [Fact]
    [Trait("Behaviour", "B43")]
    public async Task Stop_OfADialogWithRunningTask_ClosesOnceAfterTheTaskHasEnded()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog dialog = await RunningDialog.OpenAsync(terminal);
        var cleanUp = new TaskCompletionSource();
        BackgroundTask task = await terminal.OnUiAsync(() => dialog.View.Tasks.Run(async cancellationToken =>
        {
            try
            {
                await HeadlessTerminal.ForeverAsync(cancellationToken);
            }
            finally
            {
                await cleanUp.Task;
            }
        }));
        BackgroundTask elsewhere = await terminal.OnUiAsync(() => terminal.Window.Tasks.Run(HeadlessTerminal.ForeverAsync));

        await terminal.PressAsync(Key.Esc);
        await terminal.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        await terminal.PressAsync(Key.Esc);
        await terminal.IterationsAsync(3);
        bool isOpenMeanwhile = dialog.View.IsRunning;
        cleanUp.SetResult();
        await dialog.Closed;

        Assert.True(isOpenMeanwhile);
        Assert.Equal(1, dialog.Ends);
        Assert.Equal(("'Dialog'", "'Dialog' was closed."), (task.CancelReason?.RequestedBy, task.CancelReason?.Message));
        Assert.Equal(BackgroundTaskState.Running, elsewhere.State);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Stop_WithAQuestion_AsksOnceAndObeysTheAnswer()
    {
        var questions = new List<TaskCompletionSource<bool>>();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog dialog = await RunningDialog.OpenAsync(terminal, () =>
        {
            questions.Add(new TaskCompletionSource<bool>());
            return questions[^1].Task;
        });
        BackgroundTask task = await terminal.OnUiAsync(() => dialog.View.Tasks.Run(HeadlessTerminal.ForeverAsync));

        await terminal.OnUiAsync(dialog.View.RequestStop);
        await terminal.UntilAsync(() => questions.Count == 1);
        await terminal.OnUiAsync(dialog.View.RequestStop);
        await terminal.IterationsAsync(3);
        questions[0].SetResult(false);
        await terminal.IterationsAsync(3);
        (bool IsOpen, BackgroundTaskState State) afterNo = (dialog.View.IsRunning, task.State);
        await terminal.UntilAsync(IsAskedAgain);
        questions[1].SetResult(true);
        await dialog.Closed;

        Assert.Equal((true, BackgroundTaskState.Running), afterNo);
        Assert.Equal(2, questions.Count);
        Assert.Equal(1, dialog.Ends);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);

        // The answer before may be on its way still: until it is there, a stop belongs to that question.
        bool IsAskedAgain()
        {
            if (questions.Count == 1)
            {
                dialog.View.RequestStop();
            }

            return questions.Count == 2;
        }
    }

    [Fact]
    public async Task Stop_WhenTheQuestionThrows_StaysOpenAndReportsTheFault()
    {
        var fault = new TaskCompletionSource<TaskFault>();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(options => options.OnFault = raised =>
        {
            raised.Handled = true;
            fault.SetResult(raised);
        });
        using RunningDialog dialog = await RunningDialog.OpenAsync(terminal, () => throw new InvalidDataException("no answer"));

        await terminal.OnUiAsync(dialog.View.RequestStop);
        TaskFault raised = await HeadlessTerminal.Within(fault.Task);
        await terminal.IterationsAsync(3);

        Assert.Equal("May 'Dialog' close?", raised.Name);
        Assert.IsType<InvalidDataException>(raised.Exception);
        Assert.True(dialog.View.IsRunning);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Stop_OfTheMainWindow_AsksTheWindowThenTheApp()
    {
        var order = new List<string>();
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync(options => options.OnExit = _ =>
        {
            order.Add("app");
            return Task.FromResult(true);
        });
        await terminal.OnUiAsync(() =>
        {
            terminal.Window.IsRunningChanged += (_, _) => order.Add("closed");
            terminal.Window.CloseAfterTasks(() =>
            {
                order.Add("window");
                return Task.FromResult(true);
            });
        });

        await terminal.PressAsync(Key.Esc);
        await terminal.Ended;

        Assert.Equal(["window", "app", "closed"], order);
    }

    [Fact]
    [Trait("Behaviour", "B9")]
    public async Task Exit_WithAnOpenDialog_ClosesBothWithoutAsking()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog dialog = await RunningDialog.OpenAsync(terminal, () => throw new InvalidOperationException("asked"));
        BackgroundTask task = await terminal.OnUiAsync(() => dialog.View.Tasks.Run(HeadlessTerminal.ForeverAsync));

        terminal.App.Exit();
        await terminal.Ended;

        await dialog.Closed;
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B9")]
    public async Task Exit_WhileTheQuestionIsOpen_LeavesWhateverIsAnsweredThen()
    {
        var question = new TaskCompletionSource<bool>();
        bool isAsked = false;
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        await terminal.OnUiAsync(() => terminal.Window.CloseAfterTasks(() =>
        {
            isAsked = true;
            return question.Task;
        }));
        await terminal.PressAsync(Key.Esc);
        await terminal.UntilAsync(() => isAsked);

        terminal.App.Exit();
        terminal.App.Post(() => question.SetResult(false));
        await terminal.Ended;

        Assert.Equal(0, terminal.App.CloseReport?.LivingCount);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task Stop_OfADialogThatHasSaidNothing_KeepsItOpenWithItsResult()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog dialog = await RunningDialog.OpenPlainAsync(terminal, "Import");
        var cleanUp = new TaskCompletionSource();
        BackgroundTask task = await terminal.OnUiAsync(() => dialog.View.Tasks.Run(async cancellationToken =>
        {
            try
            {
                await HeadlessTerminal.ForeverAsync(cancellationToken);
            }
            finally
            {
                await cleanUp.Task;
            }
        }));

        await terminal.OnUiAsync(() =>
        {
            dialog.View.AddButton(new Button { Title = "OK" });
            dialog.View.Result = 0;
            dialog.View.RequestStop();
        });
        await terminal.UntilAsync(() => dialog.View.Title == "Waiting for tasks: Import");
        await terminal.PressAsync(Key.Esc);
        await terminal.IterationsAsync(3);
        (bool isOpen, bool isEnabled) = await terminal.OnUiAsync(() => (dialog.View.IsRunning, dialog.View.Enabled));
        cleanUp.SetResult();
        await dialog.Closed;

        Assert.Equal((true, false), (isOpen, isEnabled));
        Assert.True(task.IsCompleted);
        Assert.Equal((0, "Import"), (dialog.View.Result, dialog.View.Title));
    }
}
