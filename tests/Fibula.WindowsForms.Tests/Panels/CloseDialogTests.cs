using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Panels;

[Collection("Windows Forms")]
public sealed class CloseDialogTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _work = new();
    private FormsProgram _program = null!;
    private Form _form = null!;
    private BackgroundTask _task = null!;
    private TaskContext _context = null!;
    private int _shown;

    public async ValueTask InitializeAsync()
    {
        _program = await FormsProgram.StartAsync();
        (_form, _task) = await _program.OnUiAsync(() =>
        {
            Application.EnterThreadModal += (_, _) => _shown++;
            var form = new Form { Name = "Report" };
            form.Show();
            return (form, form.Tasks.Run(ExportAsync, new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask }));
        });
    }

    public ValueTask DisposeAsync()
    {
        _work.TrySetResult();
        return _program.DisposeAsync();
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Dialog_WhileTheTaskComesFurther_SaysHowFarItIs()
    {
        Form dialog = await AskAsync();

        string[] texts = await _program.OnUiAsync(() => Texts(dialog));
        string?[] keys = await _program.OnUiAsync(() => new[] { (dialog.AcceptButton as Button)?.Text, (dialog.CancelButton as Button)?.Text });
        await _program.OnUiAsync(() => _context.Report(42, 100));
        await _program.UntilAsync(() => Texts(dialog).Any(text => text.StartsWith("Export: 42 %, ", StringComparison.Ordinal)));

        Assert.Equal("A task is still running. Close 'Report'?", texts[0]);
        Assert.StartsWith("Export: ", texts[1], StringComparison.Ordinal);
        Assert.Equal(["Wait for it", "Cancel it", "Keep it running", "Stay"], texts[2..]);
        Assert.Equal(["Wait for it", "Stay"], keys);
    }

    [Theory]
    [InlineData("button")]
    [InlineData("Escape")]
    [InlineData("close box")]
    [Trait("Behaviour", "B40")]
    public async Task Stay_ByAnyWay_ClosesAndTellsNothing(string way)
    {
        Form dialog = await AskAsync();

        await _program.OnUiAsync(() =>
        {
            switch (way)
            {
                case "button":
                    Click(dialog, "Stay");
                    break;
                case "Escape":
                    User32.Press(dialog.ActiveControl!, Keys.Escape);
                    break;
                default:
                    User32.ClickClose(dialog.Handle);
                    break;
            }
        });
        await _program.UntilAsync(() => dialog.IsDisposed);
        await AskAsync();

        Assert.True(_form.Visible);
        Assert.Equal(BackgroundTaskState.Running, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Cancel_ByItsButton_TellsTheTaskAndClosesTheForm()
    {
        Form dialog = await AskAsync();

        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.UntilAsync(() => _form.IsDisposed);

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Wait_ByEnter_ClosesTheFormAfterTheEndOfTheTask()
    {
        Form dialog = await AskAsync();

        await _program.OnUiAsync(() => User32.Press(dialog.ActiveControl!, Keys.Enter));
        await _program.UntilAsync(() => dialog.IsDisposed);
        await _program.OnUiAsync(() => { });
        bool isVisibleMeanwhile = _form.Visible;
        _work.SetResult();
        await _program.UntilAsync(() => _form.IsDisposed);

        Assert.True(isVisibleMeanwhile);
        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task KeepRunning_ByItsButton_ClosesTheFormAndTheTaskRunsOnInTheApp()
    {
        Form dialog = await AskAsync();

        await _program.OnUiAsync(() => Click(dialog, "Keep it running"));
        await _program.UntilAsync(() => _form.IsDisposed);

        Assert.Equal(BackgroundTaskState.Running, _task.State);
        Assert.Contains(_program.App.Tasks.Snapshot().Tasks, task => task.Name == "Export");
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task Dialog_WhenTheTaskEnds_DisappearsAndTheFormCloses()
    {
        Form dialog = await AskAsync();

        _work.SetResult();
        await _program.UntilAsync(() => _form.IsDisposed && dialog.IsDisposed);

        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task TwoClicksOnTheCloseBox_AskOnce()
    {
        await _program.OnUiAsync(() => User32.ClickClose(_form.Handle));
        Form dialog = await AskAsync();

        await _program.OnUiAsync(() => User32.ClickClose(_form.Handle));
        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.UntilAsync(() => _form.IsDisposed);

        Assert.Equal(1, _shown);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task MainForm_ThatIsClosed_AsksWhetherToExit()
    {
        await _program.OnUiAsync(() => User32.ClickClose(_program.Form.Handle));
        Form dialog = await DialogAsync();

        string[] texts = await _program.OnUiAsync(() => Texts(dialog));
        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.Ended;

        Assert.StartsWith("A task is still running. Exit '", texts[0], StringComparison.Ordinal);
        Assert.Equal(["Wait for it", "Cancel it", "Stay"], texts[2..]);
        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public async Task RequestExit_WithoutAVisibleForm_AsksAllTheSame()
    {
        await _program.OnUiAsync(() =>
        {
            _form.Hide();
            _program.Form.Hide();
        });

        _ = _program.App.RequestExitAsync();
        Form dialog = await DialogAsync();
        await _program.OnUiAsync(() => Click(dialog, "Cancel it"));
        await _program.Ended;

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    private static Form? Dialog() => Application.OpenForms.Cast<Form>().FirstOrDefault(static form => !form.InvokeRequired && form.Modal);

    private static void Click(Form dialog, string button) => User32.Click(Controls(dialog).OfType<Button>().Single(control => control.Text == button));

    private static string[] Texts(Form dialog) =>
        [.. Controls(dialog).Where(static control => control is Label or Button).Select(static control => control.Text)];

    private static IEnumerable<Control> Controls(Control control) =>
        control.Controls.Cast<Control>().SelectMany(static child => Controls(child).Prepend(child));

    // The answer to a question before takes some turns to arrive; a click meanwhile asks nothing.
    private async Task<Form> AskAsync()
    {
        await _program.UntilAsync(() =>
        {
            bool isAsked = Dialog() is not null;
            if (!isAsked)
            {
                User32.ClickClose(_form.Handle);
            }

            return isAsked;
        });
        return await DialogAsync();
    }

    private async Task<Form> DialogAsync()
    {
        await _program.UntilAsync(static () => Dialog() is not null);
        return await _program.OnUiAsync(static () => Dialog()!);
    }

    private Task ExportAsync(TaskContext task)
    {
        _context = task;
        return _work.Task.WaitAsync(task.CancellationToken);
    }
}
