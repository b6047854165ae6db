using Avalonia.Controls;
using Fibula.Avalonia.Tests.Stage;
using Fibula.Tests.Conformance;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class SecondWindowTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "B96")]
    public async Task Close_OfAWindowThatHasRefusedTheCloseOfItsOwner_LeavesTheOwnerOpen(bool waits)
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        int asked = 0;
        (Window owner, Window window) = await program.OnUiAsync(() =>
        {
            var owner = new Window { Title = "Owner" };
            owner.Show();
            var window = new Window { Title = "Document" };
            window.CloseAfterTasks(() =>
            {
                asked++;
                return Task.FromResult(false);
            });
            window.Show(owner);
            return (owner, window);
        });

        await program.OnUiAsync(owner.Close);
        await program.UntilAsync(() => asked == 1);
        await program.App.TurnsAsync();
        await program.OnUiAsync(() =>
        {
            // The document is saved.
            if (waits)
            {
                window.CloseAfterTasks(mayClose: null);
            }
            else
            {
                window.CloseAfterTasks(waits: false);
            }

            window.Close();
        });
        await program.UntilAsync(() => window.PlatformImpl is null);
        await program.App.TurnsAsync();

        Assert.True(await program.OnUiAsync(() => owner.IsVisible));
    }

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
