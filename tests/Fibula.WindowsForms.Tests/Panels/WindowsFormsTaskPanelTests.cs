using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Panels;

[Collection("Windows Forms")]
public sealed class WindowsFormsTaskPanelTests
{
    [Fact]
    public async Task Panel_WithARunningTask_ShowsWhatItDoesHowFarAndSinceWhen()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        WindowsFormsTaskPanel panel = await ShowPanelAsync(program);

        await program.OnUiAsync(() => Start(program, "Hash", task => task.Report(3, 4, "b.iso")));

        await program.UntilAsync(() => Rows(panel) is ["Running | 75 % | 0:00 | Hash (Main): b.iso"]);
        await program.UntilAsync(() => Text<Label>(panel) == "1 task is running.");
    }

    [Fact]
    public async Task Panel_WithoutTasks_SaysSoAndHasNothingToCancel()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        WindowsFormsTaskPanel panel = await ShowPanelAsync(program);

        (string text, bool canCancel, bool isCanceled) = await program.OnUiAsync(
            () => (Text<Label>(panel), Find<Button>(panel).Enabled, panel.CancelSelected()));

        Assert.Equal("No task is running.", text);
        Assert.False(canCancel);
        Assert.False(isCanceled);
    }

    [Fact]
    [Trait("Behaviour", "B34")]
    public async Task CancelButton_IsEnabledWhileATaskIsSelected()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        WindowsFormsTaskPanel panel = await ShowPanelAsync(program);
        await program.OnUiAsync(() => Start(program, "Hash"));
        await program.UntilAsync(() => Rows(panel).Length == 1);

        await program.OnUiAsync(() => Find<ListView>(panel).Items[0].Selected = true);
        await program.UntilAsync(() => Find<Button>(panel).Enabled);
        await program.OnUiAsync(panel.CancelSelected);

        await program.UntilAsync(() => !Find<Button>(panel).Enabled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CancelOrDelete_OnTheSelectedTask_CancelsItAndNoOther(bool byKey)
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        WindowsFormsTaskPanel panel = await ShowPanelAsync(program);
        BackgroundTask first = await program.OnUiAsync(() => Start(program, "First"));
        BackgroundTask second = await program.OnUiAsync(() => Start(program, "Second"));
        await program.UntilAsync(() => Rows(panel).Length == 2);

        await program.OnUiAsync(() => Find<ListView>(panel).Items[1].Selected = true);
        await program.OnUiAsync(() => Cancel(panel, byKey));
        await program.UntilAsync(() => second.IsCompleted);

        Assert.Equal("'Second' was canceled in the task list.", second.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Running, first.State);
    }

    [Fact]
    public async Task Selection_WhenATaskAboveEnds_StaysOnItsTask()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        WindowsFormsTaskPanel panel = await ShowPanelAsync(program);
        BackgroundTask first = await program.OnUiAsync(() => Start(program, "First"));
        BackgroundTask second = await program.OnUiAsync(() => Start(program, "Second"));
        await program.UntilAsync(() => Rows(panel).Length == 2);
        await program.OnUiAsync(() => Find<ListView>(panel).Items[1].Selected = true);

        first.Cancel();
        await program.UntilAsync(() => Rows(panel).Length == 1);
        bool isCanceled = await program.OnUiAsync(panel.CancelSelected);
        await program.UntilAsync(() => second.IsCompleted);

        Assert.True(isCanceled);
    }

    private static Task<WindowsFormsTaskPanel> ShowPanelAsync(FormsProgram program) => program.OnUiAsync(() =>
    {
        var panel = new WindowsFormsTaskPanel(program.App.Tasks) { Dock = DockStyle.Fill };
        program.Form.Controls.Add(panel);
        return panel;
    });

    private static BackgroundTask Start(FormsProgram program, string name, Action<TaskContext>? report = null) => program.Form.Tasks.Run(
        async task =>
        {
            report?.Invoke(task);
            await FormsProgram.ForeverAsync(task.CancellationToken);
        },
        new TaskOptions { Name = name });

    private static void Cancel(Control panel, bool byKey)
    {
        if (byKey)
        {
            User32.Press(Find<ListView>(panel), Keys.Delete);
        }
        else
        {
            User32.Click(Find<Button>(panel));
        }
    }

    private static string[] Rows(Control panel) =>
        [.. Find<ListView>(panel).Items.Cast<ListViewItem>().Select(item => string.Join(" | ", item.SubItems.Cast<ListViewItem.ListViewSubItem>().Select(cell => cell.Text)))];

    private static string Text<T>(Control panel)
        where T : Control =>
        Find<T>(panel).Text;

    private static T Find<T>(Control control)
        where T : Control =>
        Descendants(control).OfType<T>().First();

    private static IEnumerable<Control> Descendants(Control control) =>
        control.Controls.Cast<Control>().SelectMany(child => Descendants(child).Prepend(child));
}
