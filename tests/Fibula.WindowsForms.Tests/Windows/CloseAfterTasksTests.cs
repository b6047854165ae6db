using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

[Collection("Windows Forms")]
public sealed class CloseAfterTasksTests
{
    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task No_ToTheCloseOfADialogAfterItsTasksHaveEnded_LeavesOneThatTakesTasksAndWaitsForThem()
    {
        int asked = 0;
        Form? dialog = null;
        BackgroundTask? first = null;
        await using FormsProgram program = await FormsProgram.StartAsync();
        Task<DialogResult> shown = program.OnUiAsync(() =>
        {
            using var form = dialog = new Form { Name = "Dialog" };
            form.FormClosing += (_, e) => e.Cancel = ++asked == 2;
            first = form.Tasks.Run(FormsProgram.ForeverAsync);
            return form.ShowDialog();
        });
        await program.UntilAsync(() => dialog is { Visible: true });

        await program.OnUiAsync(() => User32.ClickClose(dialog!.Handle));
        await program.UntilAsync(() => asked == 2);
        BackgroundTask second = await program.OnUiAsync(() => dialog!.Tasks.Run(FormsProgram.ForeverAsync));
        (BackgroundTaskState First, BackgroundTaskState Second, bool IsOpen) after = await program.OnUiAsync(() => (first!.State, second.State, dialog!.Visible));
        await program.OnUiAsync(() => User32.ClickClose(dialog!.Handle));
        await shown;

        Assert.Equal((BackgroundTaskState.Canceled, BackgroundTaskState.Running, true), after);
        Assert.Equal((BackgroundTaskState.Canceled, 4), (second.State, asked));
    }

    [Fact]
    [Trait("Behaviour", "B43")]
    public async Task Answer_OfADialogWithRunningTask_IsGivenOnceTheTaskHasEnded()
    {
        bool isCleanedUp = false;
        await using FormsProgram program = await FormsProgram.StartAsync();

        (DialogResult answer, bool isCleanedUpBefore) = await program.OnUiAsync(() =>
        {
            using var dialog = new Form { Name = "Dialog" };
            dialog.CloseAfterTasks(waits: true);
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
    public async Task Close_WhenALaterHandlerSaysNoOnceTheQuestionIsAnswered_StaysAndCanBeClosedAgain()
    {
        bool isRefused = true;
        int asked = 0, refused = 0;
        await using FormsProgram program = await FormsProgram.StartAsync();
        Form form = await program.OpenAsync("Import", () => Task.FromResult(++asked > 0));
        form.FormClosing += (_, e) =>
        {
            e.Cancel |= isRefused && asked > 0;
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

    [Theory]
    [InlineData("task manager")]
    [InlineData("Dispose")]
    [Trait("Behaviour", "B96")]
    public async Task Close_OfAFormThatIsNotHeld_ClosesItUnderItsTask(string way)
    {
        var moment = new TaskCompletionSource();
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Form form, BackgroundTask task) = await OpenWithTaskAsync(program, moment.Task);

        bool isClosedAtOnce = await program.OnUiAsync(() =>
        {
            if (way == "task manager")
            {
                User32.Send(form.Handle, User32.Close, 0, 0);
            }
            else
            {
                form.Dispose();
            }

            return form.IsDisposed;
        });
        bool isTold = task.CancelReason is not null;
        moment.SetResult();

        Assert.True(isClosedAtOnce);
        Assert.True(isTold);
    }

    [Theory]
    [InlineData(DialogResult.OK)]
    [InlineData(DialogResult.No)]
    [Trait("Behaviour", "B96")]
    public async Task Answer_OfADialogThatHasSaidNothing_SurvivesASecondClick(DialogResult given)
    {
        bool isCleanedUp = false;
        await using FormsProgram program = await FormsProgram.StartAsync();

        (DialogResult answer, bool isCleanedUpBefore, bool isDisposedBefore) = await program.OnUiAsync(() =>
        {
            bool isDisposedBefore = false;
            using var dialog = new Form { Name = "Dialog" };
            dialog.Shown += (_, _) =>
            {
                var moment = new TaskCompletionSource();
                dialog.Tasks.Run(token => FormsProgram.CleanUpAsync(
                    moment.Task,
                    () =>
                    {
                        isCleanedUp = true;
                        isDisposedBefore = dialog.IsDisposed;
                    },
                    token));
                dialog.DialogResult = given;
                dialog.BeginInvoke(() =>
                {
                    User32.ClickClose(dialog.Handle);
                    dialog.BeginInvoke(() => dialog.BeginInvoke(moment.SetResult));
                });
            };
            return (dialog.ShowDialog(), isCleanedUp, isDisposedBefore);
        });

        Assert.Equal(given, answer);
        Assert.Equal((true, false), (isCleanedUpBefore, isDisposedBefore));
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("MDI parent")]
    [Trait("Behaviour", "B96")]
    public async Task Close_OfAnOwnerOfSeveralForms_WaitsOnceForTheTasksOfAll(string kind)
    {
        TaskCompletionSource[] moments = [new(), new(), new()];
        int asked = 0;
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Form owner, List<Form> owned, List<BackgroundTask> tasks) = await program.OnUiAsync(() =>
        {
            var owner = new Form { Name = "Owner", IsMdiContainer = kind == "MDI parent" };
            owner.Show();
            owner.FormClosing += (_, _) => asked++;
            var owned = new List<Form>();
            for (int i = 0; i < 2; i++)
            {
                Form form = kind == "owner" ? new Form { Owner = owner } : new Form { MdiParent = owner };
                form.Show();
                owned.Add(form);
            }

            List<BackgroundTask> tasks = [.. owned.Append(owner).Zip(moments, static (form, moment) =>
                form.Tasks.Run(token => FormsProgram.CleanUpAsync(moment.Task, () => { }, token)))];
            return (owner, owned, tasks);
        });

        await program.OnUiAsync(owner.Close);
        await program.UntilAsync(() => tasks.TrueForAll(static task => task.State == BackgroundTaskState.Canceling));
        moments[0].SetResult();
        moments[2].SetResult();
        await program.UntilAsync(() => tasks[0].IsCompleted && tasks[2].IsCompleted);
        bool areOpen = await program.OnUiAsync(() => owner.Visible && owned.TrueForAll(static form => form.Visible));
        moments[1].SetResult();
        await program.UntilAsync(() => owner.IsDisposed);

        Assert.True(areOpen);
        Assert.True(owned.TrueForAll(static form => form.IsDisposed));
        Assert.Equal(2, asked);
    }

    private static Task<(Form Form, BackgroundTask Task)> OpenWithTaskAsync(FormsProgram program, Task moment) => program.OnUiAsync(() =>
    {
        var form = new Form { Name = "form", Text = "Import" };
        form.Show();
        return (form, form.Tasks.Run(token => FormsProgram.CleanUpAsync(moment, () => { }, token)));
    });
}
