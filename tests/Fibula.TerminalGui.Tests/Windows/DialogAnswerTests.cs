using Terminal.Gui.Views;

namespace Fibula.TerminalGui.Tests.Windows;

/// <summary>What a window shows and keeps while it waits for its tasks.</summary>
public sealed class DialogAnswerTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(null, 1)]
    [InlineData(1, null)]
    [Trait("Behaviour", "B96")]
    public async Task Result_OfADialogThatIsHeld_SurvivesASecondAnswer(int? first, int? second)
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog dialog = await RunningDialog.OpenPlainAsync(terminal, "Import");
        await terminal.OnUiAsync(() => AddButtons(dialog.View));
        var cleanUp = new TaskCompletionSource();
        BackgroundTask task = await terminal.OnUiAsync(() => dialog.View.Tasks.Run(token => CleanUpAsync(cleanUp.Task, token)));

        await terminal.OnUiAsync(() => Answer(dialog.View, first));
        await terminal.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        await terminal.OnUiAsync(() => Answer(dialog.View, second));
        await terminal.IterationsAsync(3);
        cleanUp.SetResult();
        await dialog.Closed;

        Assert.Equal(first, dialog.View.Result);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task Result_AfterTheQuestionWasAnsweredWithNo_IsThatOfTheNextStop()
    {
        bool mayClose = false;
        int asked = 0;
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog dialog = await RunningDialog.OpenAsync(terminal, () =>
        {
            asked++;
            return Task.FromResult(mayClose);
        });
        await terminal.OnUiAsync(() => AddButtons(dialog.View));
        await terminal.OnUiAsync(() => Answer(dialog.View, 0));
        await terminal.UntilAsync(() => asked == 1);
        await terminal.IterationsAsync(3);
        mayClose = true;
        await terminal.OnUiAsync(() => Answer(dialog.View, 1));
        await dialog.Closed;

        Assert.Equal(1, dialog.View.Result);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task No_ToTheStopAfterTheTasksHaveEnded_LeavesADialogThatTakesTasksAndWaitsForThem()
    {
        int asked = 0;
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        using RunningDialog dialog = await RunningDialog.OpenPlainAsync(
            terminal, "Import", view => view.IsRunningChanging += (_, e) => e.Cancel = !e.NewValue && ++asked == 2);
        BackgroundTask first = await terminal.OnUiAsync(() => dialog.View.Tasks.Run(HeadlessTerminal.ForeverAsync));

        await terminal.OnUiAsync(dialog.View.RequestStop);
        await terminal.UntilAsync(() => asked == 2);
        BackgroundTask second = await terminal.OnUiAsync(() => dialog.View.Tasks.Run(HeadlessTerminal.ForeverAsync));
        (BackgroundTaskState First, BackgroundTaskState Second, bool IsOpen) after = await terminal.OnUiAsync(() => (first.State, second.State, dialog.View.IsRunning));
        await terminal.OnUiAsync(dialog.View.RequestStop);
        await dialog.Closed;

        Assert.Equal((BackgroundTaskState.Canceled, BackgroundTaskState.Running, true), after);
        Assert.Equal((BackgroundTaskState.Canceled, 4), (second.State, asked));
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task Stop_OfTheMainWindow_SaysInItsTitleThatItWaits()
    {
        await using HeadlessTerminal terminal = await HeadlessTerminal.StartAsync();
        var cleanUp = new TaskCompletionSource();
        await terminal.OnUiAsync(() =>
        {
            terminal.Window.Title = "Main";
            terminal.App.Tasks.Run(token => CleanUpAsync(cleanUp.Task, token));
        });

        await terminal.OnUiAsync(terminal.Window.RequestStop);
        await terminal.UntilAsync(() => terminal.Window.Title == "Waiting for tasks: Main");
        bool isEnabled = await terminal.OnUiAsync(() => terminal.Window.Enabled);
        cleanUp.SetResult();
        await terminal.Ended;

        Assert.False(isEnabled);
        Assert.Equal("Main", terminal.Window.Title);
    }

    private static void AddButtons(Dialog dialog)
    {
        dialog.AddButton(new Button { Title = "OK" });
        dialog.AddButton(new Button { Title = "No" });
    }

    private static void Answer(Dialog dialog, int? answer)
    {
        dialog.Result = answer;
        dialog.RequestStop();
    }

    private static async Task CleanUpAsync(Task moment, CancellationToken cancellationToken)
    {
        try
        {
            await HeadlessTerminal.ForeverAsync(cancellationToken);
        }
        finally
        {
            await moment;
        }
    }
}
