using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

[Collection("Windows Forms")]
public sealed class CloseAfterTasksTests
{
    [Fact]
    [Trait("Behaviour", "B43")]
    public async Task Answer_OfADialogWithRunningTask_IsGivenOnceTheTaskHasEnded()
    {
        bool isCleanedUp = false;
        await using FormsProgram program = await FormsProgram.StartAsync();

        (DialogResult answer, bool isCleanedUpBefore) = await program.OnUiAsync(() =>
        {
            using var dialog = new Form { Name = "Dialog" };
            dialog.CloseAfterTasks();
            dialog.Shown += (_, _) =>
            {
                dialog.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => isCleanedUp = true, token));
                dialog.DialogResult = DialogResult.OK;
            };
            return (dialog.ShowDialog(), isCleanedUp);
        });

        Assert.Equal(DialogResult.OK, answer);
        Assert.True(isCleanedUpBefore);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Close_OfTheOwnerOfAFormThatWaits_ClosesBothOnceItsTasksHaveEnded()
    {
        var moment = new TaskCompletionSource();
        await using FormsProgram program = await FormsProgram.StartAsync();
        Form owner = await program.OpenAsync("Owner");
        Form owned = await program.OpenAsync("Owned", () => Task.FromResult(true));
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            owned.Owner = owner;
            return owned.Tasks.Run(token => FormsProgram.CleanUpAsync(moment.Task, () => { }, token));
        });

        await program.OnUiAsync(owner.Close);
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        (bool, bool) areOpenMeanwhile = await program.OnUiAsync(() => (owner.Visible, owned.Visible));
        moment.SetResult();
        await program.UntilAsync(() => owner.IsDisposed);

        Assert.Equal((true, true), areOpenMeanwhile);
        Assert.True(owned.IsDisposed);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Close_WhenALaterHandlerSaysNo_StaysAndCanBeClosedAgain()
    {
        bool isRefused = true;
        int asked = 0, refused = 0;
        await using FormsProgram program = await FormsProgram.StartAsync();
        Form form = await program.OpenAsync("Import", () => Task.FromResult(++asked > 0));
        form.FormClosing += (_, e) =>
        {
            e.Cancel |= isRefused;
            refused++;
        };

        await program.OnUiAsync(form.Close);
        await program.UntilAsync(() => refused == 2);
        BackgroundTask task = await program.OnUiAsync(() => form.Tasks.Run(FormsProgram.ForeverAsync));
        isRefused = false;
        await program.OnUiAsync(form.Close);
        await program.UntilAsync(() => form.IsDisposed);

        Assert.Equal(2, asked);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B43")]
    public async Task ApplicationExit_WithAFormThatWaitsAndNoMainForm_EndsTheApp()
    {
        var moment = new TaskCompletionSource();
        await using FormsProgram program = await FormsProgram.StartAsync(hasForm: false);
        Form form = await program.OpenAsync("Import");
        BackgroundTask task = await program.OnUiAsync(
            () => form.Tasks.Run(token => FormsProgram.CleanUpAsync(moment.Task, () => { }, token)));

        await program.OnUiAsync(Application.Exit);
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        moment.SetResult();
        await program.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.True(form.IsDisposed);
    }
}
