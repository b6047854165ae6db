using Avalonia.Controls;
using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class SecondWindowTests
{
    [Theory]
    [InlineData("close box")]
    [InlineData("another answer")]
    [Trait("Behaviour", "B96")]
    public async Task Result_OfADialogThatIsHeld_SurvivesASecondClick(string click)
    {
        var moment = new TaskCompletionSource();
        await using StagedProgram program = await StagedProgram.StartAsync();
        (Window dialog, Task<string> answer, BackgroundTask task) = await program.OnUiAsync(() =>
        {
            var dialog = new Window { Title = "Dialog" };
            Task<string> answer = dialog.ShowDialog<string>(program.Window);
            return (dialog, answer, dialog.Tasks.Run(token => CleanUpAsync(moment.Task, token)));
        });

        await program.OnUiAsync(() => dialog.Close("yes"));
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        await program.OnUiAsync(() =>
        {
            if (click == "close box")
            {
                StagePlatform.ClickClose(dialog);
            }
            else
            {
                dialog.Close("no");
            }
        });
        bool isAnsweredMeanwhile = answer.IsCompleted;
        moment.SetResult();

        Assert.Equal("yes", await StagedProgram.Within(answer));
        Assert.False(isAnsweredMeanwhile);
    }

    [Fact]
    [Trait("Behaviour", "B90")]
    public async Task Cancellation_ThatLeavesAnAsyncVoid_DisturbsNobody()
    {
        var errors = new List<Exception>();
        await using StagedProgram program = await StagedProgram.StartAsync();
        (Window window, BackgroundTask task) = await OpenAsync(program, Task.CompletedTask);
        program.Dispatcher.UnhandledException += (_, e) =>
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

    private static Task<(Window Window, BackgroundTask Task)> OpenAsync(StagedProgram program, Task moment) => program.OnUiAsync(() =>
    {
        var window = new Window { Title = "Import" };
        window.Show();
        return (window, window.Tasks.Run(token => CleanUpAsync(moment, token)));
    });

    private static async Task CleanUpAsync(Task moment, CancellationToken cancellationToken)
    {
        try
        {
            await StagedProgram.ForeverAsync(cancellationToken);
        }
        finally
        {
            await moment;
        }
    }
}
