using System.Windows.Forms;
using Fibula.Tests.Conformance;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>Forms that override <c>OnFormClosing</c> and do not call the base method, or call it too late.</summary>
[Collection("Windows Forms")]
public sealed class OverriddenClosingTests
{
    [Theory]
    [InlineData("never", "Close")]
    [InlineData("never", "close box")]
    [InlineData("never", "task manager")]
    [InlineData("late", "Close")]
    [InlineData("late", "close box")]
    [InlineData("in time", "Close")]
    [Trait("Behaviour", "B82")]
    public async Task MainForm_ThatIsClosed_IsHeldBackAndTheHookIsAsked(string calls, string way)
    {
        var causes = new List<ExitCause>();
        bool? wasOpen = null;
        await using FormsProgram program = await StartAsync(calls, options => options.OnExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(true);
        });

        await program.OnUiAsync(() =>
        {
            program.Form.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => wasOpen = program.Form.Visible, token));
            Close(program.Form, way);
        });
        await program.Ended;

        Assert.Equal([ExitCause.WindowClosed], causes);
        Assert.True(wasOpen);
        Assert.Equal(way == "task manager" ? CloseReason.TaskManagerClosing : CloseReason.UserClosing, ((HeadstrongForm)program.Form).Reasons[0]);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("late")]
    [InlineData("in time")]
    [Trait("Behaviour", "B6")]
    public async Task MainForm_WhenTheHookSaysNo_StaysOpenAndCancelsNothing(string calls)
    {
        int asked = 0;
        await using FormsProgram program = await StartAsync(calls, options => options.OnExit = _ => Task.FromResult(++asked > 2));
        BackgroundTask task = await program.OnUiAsync(() => program.Form.Tasks.Run(FormsProgram.ForeverAsync));

        await program.OnUiAsync(program.Form.Close);
        await program.UntilAsync(() => asked == 1);
        ExitDecision again = await program.App.RequestExitAsync();

        Assert.Equal(ExitDecision.Refused, again);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.True(await program.OnUiAsync(() => program.Form.Visible));
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("never", "form", "Close")]
    [InlineData("late", "form", "Close")]
    [InlineData("never", "form", "close box")]
    [InlineData("never", "form with a new handle", "Close")]
    [InlineData("never", "MDI child", "close box")]
    [InlineData("never", "MDI child", "Close")]
    [InlineData("never", "owner", "Close")]
    [InlineData("never", "MDI parent", "Close")]
    [Trait("Behaviour", "B96")]
    public async Task Form_WithATask_StaysOpenUntilItHasEnded(string calls, string kind, string way)
    {
        var moment = new TaskCompletionSource();
        await using FormsProgram program = await FormsProgram.StartAsync();
        (HeadstrongForm form, BackgroundTask task) = await program.OnUiAsync(() => Open(calls, kind, moment.Task));

        await program.OnUiAsync(() => Close(form, way));
        await program.UntilAsync(() => task.State == BackgroundTaskState.Canceling);
        bool isOpen = await program.OnUiAsync(() => form.Visible);
        moment.SetResult();
        await program.UntilAsync(() => form.IsDisposed);

        Assert.True(isOpen);
        Assert.True(task.IsCompleted);
        Assert.Equal(2, form.Asked);
        Assert.Empty(program.Errors);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("late")]
    [Trait("Behaviour", "B96")]
    public async Task Dialog_ThatIsClosedByItsBox_StaysOpenUntilItsTaskHasEnded(string calls)
    {
        bool isCleanedUp = false;
        await using FormsProgram program = await FormsProgram.StartAsync();

        (DialogResult answer, bool isCleanedUpBefore) = await program.OnUiAsync(() =>
        {
            using var dialog = new HeadstrongForm(calls) { Name = "Dialog" };
            dialog.Shown += (_, _) =>
            {
                dialog.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => isCleanedUp = dialog.Visible, token));
                User32.ClickClose(dialog.Handle);
            };
            return (dialog.ShowDialog(), isCleanedUp);
        });

        Assert.Equal(DialogResult.Cancel, answer);
        Assert.True(isCleanedUpBefore);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("late")]
    [InlineData("in time")]
    [Trait("Behaviour", "B80")]
    public async Task Override_ThatSaysNo_KeepsTheFormAndCancelsNothing(string calls)
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        (HeadstrongForm form, BackgroundTask task) = await program.OnUiAsync(() => Open(calls, "form", Task.CompletedTask));
        form.Cancel = true;

        await program.OnUiAsync(form.Close);
        await program.OnUiAsync(() => User32.ClickClose(form.Handle));
        await program.UntilAsync(() => form.Asked == 2);
        BackgroundTaskState state = await program.OnUiAsync(() => task.State);
        form.Cancel = null;
        await program.OnUiAsync(form.Close);
        await program.UntilAsync(() => form.IsDisposed);

        Assert.Equal(BackgroundTaskState.Running, state);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task Override_ThatSaysYesWhateverWasSaidBefore_ClosesTheFormOnceItsTaskHasEnded()
    {
        bool? wasOpen = null;
        await using FormsProgram program = await FormsProgram.StartAsync();
        HeadstrongForm form = await program.OnUiAsync(() =>
        {
            var form = new HeadstrongForm("never") { Name = "Import", Cancel = false };
            form.Show();
            form.Tasks.Run(token => FormsProgram.CleanUpAsync(Task.CompletedTask, () => wasOpen = form.Visible, token));
            return form;
        });

        await program.OnUiAsync(form.Close);
        await program.UntilAsync(() => form.IsDisposed);

        Assert.True(wasOpen);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("late")]
    [Trait("Behaviour", "B80")]
    public async Task Form_WhoseQuestionIsAnsweredWithNo_StaysOpenAndCanBeClosedAgain(string calls)
    {
        int asked = 0;
        await using FormsProgram program = await FormsProgram.StartAsync();
        (HeadstrongForm form, BackgroundTask task) = await program.OnUiAsync(() => Open(calls, "form", Task.CompletedTask));
        await program.OnUiAsync(() => form.CloseAfterTasks(() => Task.FromResult(++asked > 1)));

        await program.OnUiAsync(form.Close);
        await program.UntilAsync(() => asked == 1);
        await program.OnUiAsync(() => { });
        (bool isOpen, int askedForOneClose) = await program.OnUiAsync(() => (form.Visible, asked));
        BackgroundTaskState state = task.State;

        // The answer takes some turns to arrive: until it is there, a close belongs to that question.
        await CloseUntilAsync(program, form, () => asked == 2);
        await program.UntilAsync(() => form.IsDisposed);

        Assert.Equal((true, 1), (isOpen, askedForOneClose));
        Assert.Equal(BackgroundTaskState.Running, state);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Form_WhoseBaseCallsComeAfterFurtherCloses_IsAskedOncePerClose()
    {
        int asked = 0;
        var moment = new TaskCompletionSource();
        await using FormsProgram program = await FormsProgram.StartAsync();
        (HeadstrongForm form, _) = await program.OnUiAsync(() => Open("late", "form", Task.CompletedTask));
        await program.OnUiAsync(() =>
        {
            form.Moment = moment.Task;
            form.CloseAfterTasks(() => Task.FromResult(++asked < 0));
        });

        // The answer takes some turns to arrive: until it is there, a close belongs to that question.
        for (int closes = 1; closes <= 3; closes++)
        {
            await CloseUntilAsync(program, form, () => asked == closes);
        }

        await program.OnUiAsync(moment.SetResult);
        await program.UntilAsync(() => form.BaseCalls == form.Asked);

        // What those calls have queued comes before this.
        await program.App.Tasks.Run(() => Task.CompletedTask);
        await program.App.Tasks.Run(() => Task.CompletedTask);

        Assert.Equal((3, true), await program.OnUiAsync(() => (asked, form.Visible)));
    }

    // The toolkit asks the form here without a message, and by nothing but its override.
    [Theory]
    [InlineData("never", "Application.Exit", true)]
    [InlineData("late", "Application.Exit", true)]
    [InlineData("in time", "Application.Exit", false)]
    [InlineData("never", "answer of a dialog", true)]
    [InlineData("late", "answer of a dialog", true)]
    [InlineData("in time", "answer of a dialog", false)]
    [Trait("Behaviour", "B82")]
    public async Task Form_ThatCannotBeHeld_SaysSoOnStandardError(string calls, string way, bool isSaid)
    {
        using var said = new StringWriter();
        TextWriter before = Console.Error;
        Console.SetError(said);
        await using FormsProgram program = await StartAsync(calls);
        await program.OnUiAsync(() =>
        {
            if (way == "Application.Exit")
            {
                Application.Exit();
                return;
            }

            using var dialog = new HeadstrongForm(calls) { Name = "Main" };
            dialog.Shown += (_, _) =>
            {
                dialog.Tasks.Run(FormsProgram.ForeverAsync);
                dialog.DialogResult = DialogResult.OK;
            };
            dialog.ShowDialog();
        });
        program.App.Exit();
        await program.Ended;
        Console.SetError(before);

        string what = way == "Application.Exit" ? "the app was asked" : "its tasks had ended";
        string sentence = $"'Main' was closed before {what}: its 'OnFormClosing' does not call 'base.OnFormClosing' before it returns or awaits.";
        Assert.Equal(isSaid, said.ToString().Contains(sentence, StringComparison.Ordinal));
    }

    private static Task<FormsProgram> StartAsync(string calls, Action<UiAppOptions>? configure = null) =>
        FormsProgram.StartAsync(configure, mainForm: () => new HeadstrongForm(calls) { Name = "Main" });

    // By tasks: the toolkit works off what is posted to it in one message, together with what is posted meanwhile, so that nothing of the loop comes between.
    private static Task CloseUntilAsync(FormsProgram program, Form form, Func<bool> isSo) => Polling.UntilAsync(async () => await program.App.Tasks.Run(() =>
    {
        if (!isSo())
        {
            form.Close();
        }

        return Task.FromResult(isSo());
    }));

    private static (HeadstrongForm Form, BackgroundTask Task) Open(string calls, string kind, Task moment)
    {
        var form = new HeadstrongForm(calls) { Name = "Import", IsMdiContainer = kind == "MDI parent" };
        Form withTask = form;
        switch (kind)
        {
            case "MDI child":
                var parent = new Form { Name = "Parent", IsMdiContainer = true };
                parent.Show();
                form.MdiParent = parent;
                break;
            case "MDI parent":
                form.Show();
                withTask = new HeadstrongForm(calls) { Name = "Child", MdiParent = form };
                withTask.Show();
                break;
            case "owner":
                form.Show();
                withTask = new HeadstrongForm(calls) { Name = "Owned", Owner = form };
                withTask.Show();
                break;
            default:
                break;
        }

        form.Show();
        BackgroundTask task = withTask.Tasks.Run(token => FormsProgram.CleanUpAsync(moment, () => { }, token));
        form.CloseAfterTasks(waits: true);
        if (kind == "form with a new handle")
        {
            form.ShowInTaskbar = false;
        }

        return (form, task);
    }

    private static void Close(Form form, string way)
    {
        switch (way)
        {
            case "Close":
                form.Close();
                break;
            case "close box":
                User32.ClickClose(form.Handle);
                break;
            default:
                User32.Send(form.Handle, User32.Close, 0, 0);
                break;
        }
    }
}
