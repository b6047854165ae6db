using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>Handlers of <c>FormClosing</c> that the program adds after the first use of the form's tasks.</summary>
[Collection("Windows Forms")]
public sealed class LateHandlerTests
{
    [Theory]
    [InlineData("second", "Close", "as it opens")]
    [InlineData("second", "Close", "before it closes")]
    [InlineData("second", "Close", "in the same callback")]
    [InlineData("second", "close box", "before it closes")]
    [InlineData("dialog", "Close", "before it closes")]
    [InlineData("dialog", "close box", "before it closes")]
    [InlineData("dialog", "Close", "in the same callback")]
    [InlineData("owned", "close of the owner", "as it opens")]
    [InlineData("owned", "close of the owner", "in the same callback")]
    [InlineData("last", "Close", "before it closes")]
    [InlineData("last", "Close", "in the same callback")]
    [InlineData("last", "close box", "before it closes")]
    [InlineData("last", "Application.Exit", "as it opens")]
    [InlineData("last", "Application.Exit", "before it closes")]
    [InlineData("waits for nothing", "Close", "before it closes")]
    [Trait("Behaviour", "B80")]
    public async Task No_KeepsTheFormAndCancelsNothing(string kind, string way, string when)
    {
        bool saysNo = true;
        int asked = 0;
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Form form, BackgroundTask task) = await program.OnUiAsync(() => Open(program, kind, when == "as it opens" ? AddHandler : null));
        await program.UntilAsync(() => form.Visible);
        if (when == "before it closes")
        {
            await program.OnUiAsync(() => AddHandler(form));
        }

        await program.OnUiAsync(() =>
        {
            if (when == "in the same callback")
            {
                AddHandler(form);
            }

            Close(form, way);
        });
        await program.UntilAsync(() => asked > 0);
        await TurnsAsync(program);
        (bool IsOpen, BackgroundTaskState State) after = await program.OnUiAsync(() => (form.Visible, task.State));
        BackgroundTask next = await program.OnUiAsync(() => form.Tasks.Run(FormsProgram.ForeverAsync));
        bool takesTasks = await program.OnUiAsync(() => next.State == BackgroundTaskState.Running);
        saysNo = false;
        await program.OnUiAsync(() => Close(form, way));
        await ClosedAsync(program, form);

        Assert.Equal((true, BackgroundTaskState.Running), after);
        Assert.True(takesTasks);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);

        void AddHandler(Form form) => form.FormClosing += (_, e) =>
        {
            asked++;
            e.Cancel = saysNo;
        };
    }

    [Theory]
    [InlineData("second")]
    [InlineData("dialog")]
    [InlineData("last")]
    [Trait("Behaviour", "B96")]
    public async Task Yes_ThatIsSaidByFalse_LeavesTheFormHeldUntilItsTasksHaveEnded(string kind)
    {
        bool? wasOpen = null;
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Form form, _) = await program.OnUiAsync(() => Open(program, kind));
        BackgroundTask task = await program.OnUiAsync(() => form.Tasks.Run(async token =>
        {
            await FormsProgram.ForeverAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            wasOpen = form.Visible;
        }));
        await program.OnUiAsync(() => form.FormClosing += (_, e) => e.Cancel = false);

        await program.OnUiAsync(() => User32.ClickClose(form.Handle));
        await ClosedAsync(program, form);

        Assert.True(wasOpen);
        Assert.True(task.IsCompleted);
    }

    [Theory]
    [InlineData("second", "before it closes")]
    [InlineData("second", "in the same callback")]
    [InlineData("last", "before it closes")]
    [InlineData("last", "in the same callback")]
    [Trait("Behaviour", "B80")]
    public async Task Handler_ThatAsksTheUserAndClosesAgain_AsksOnce(string kind, string when)
    {
        var answers = new List<TaskCompletionSource<bool>>();
        bool mayClose = false;
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Form form, BackgroundTask task) = await program.OnUiAsync(() => Open(program, kind));
        if (when == "before it closes")
        {
            await program.OnUiAsync(() => form.FormClosing += OnClosing);
        }

        await program.OnUiAsync(() =>
        {
            if (when == "in the same callback")
            {
                form.FormClosing += OnClosing;
            }

            form.Close();
        });
        await program.UntilAsync(() => answers.Count > 0);
        await TurnsAsync(program);
        int asked = answers.Count;
        (bool IsOpen, BackgroundTaskState State) meanwhile = await program.OnUiAsync(() => (form.Visible, task.State));
        answers[0].SetResult(true);
        await ClosedAsync(program, form);

        Assert.Equal(1, asked);
        Assert.Equal((true, BackgroundTaskState.Running), meanwhile);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);

        async void OnClosing(object? sender, FormClosingEventArgs e)
        {
            if (mayClose)
            {
                return;
            }

            e.Cancel = true;
            answers.Add(new TaskCompletionSource<bool>());
            mayClose = await answers[^1].Task;
            form.Close();
        }
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public async Task No_ToTheCloseForReal_LeavesAFormThatGoesOn()
    {
        bool saysNo = false;
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Form form, _) = await program.OnUiAsync(() => Open(program, "second"));
        BackgroundTask task = await program.OnUiAsync(() => form.Tasks.Run(async token =>
        {
            await FormsProgram.ForeverAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            saysNo = true;
        }));
        await program.OnUiAsync(() => form.FormClosing += (_, e) => e.Cancel |= saysNo);

        await program.OnUiAsync(form.Close);
        await program.UntilAsync(() => task.IsCompleted);
        await TurnsAsync(program);
        BackgroundTask next = await program.OnUiAsync(() => form.Tasks.Run(FormsProgram.ForeverAsync));
        await TurnsAsync(program);
        (bool, bool, BackgroundTaskState) after = await program.OnUiAsync(() => (form.Visible, form.Enabled, next.State));
        saysNo = false;
        await program.OnUiAsync(form.Close);
        await program.UntilAsync(() => form.IsDisposed);

        Assert.Equal((true, true, BackgroundTaskState.Running), after);
        Assert.Equal(BackgroundTaskState.Canceled, next.State);
    }

    private static (Form Form, BackgroundTask Task) Open(FormsProgram program, string kind, Action<Form>? beforeItIsShown = null)
    {
        var form = kind == "last" ? program.Form : new Form { Name = "Import" };
        BackgroundTask task = form.Tasks.Run(FormsProgram.ForeverAsync);
        beforeItIsShown?.Invoke(form);
        switch (kind)
        {
            case "dialog":
                program.Form.BeginInvoke(() =>
                {
                    using (form)
                    {
                        form.ShowDialog();
                    }
                });
                break;
            case "owned":
                var owner = new Form { Name = "Owner" };
                owner.Show();
                form.CloseAfterTasks(() => Task.FromResult(true));
                form.Show(owner);
                break;
            case "waits for nothing":
                form.CloseAfterTasks(waits: false);
                form.Show();
                break;
            default:
                form.Show();
                break;
        }

        return (form, task);
    }

    // The program may end with it.
    private static async Task ClosedAsync(FormsProgram program, Form form)
    {
        if (form == program.Form)
        {
            await program.Ended;
        }
        else
        {
            await program.UntilAsync(() => form.IsDisposed);
        }
    }

    // What was posted meanwhile comes first.
    private static async Task TurnsAsync(FormsProgram program)
    {
        for (int turn = 0; turn < 5; turn++)
        {
            await program.OnUiAsync(() => { });
        }
    }

    private static void Close(Form form, string way)
    {
        switch (way)
        {
            case "close box":
                User32.ClickClose(form.Handle);
                break;
            case "Application.Exit":
                Application.Exit();
                break;
            case "close of the owner":
                form.Owner!.Close();
                break;
            default:
                form.Close();
                break;
        }
    }
}
