using System.Windows;
using System.Windows.Controls;
using System.Windows.Media;

namespace Fibula.Wpf.Tests.Panels;

[Collection("WPF")]
public sealed class WpfTaskPanelTests
{
    [Fact]
    [Trait("Behaviour", "B71")]
    public async Task Panel_WithARunningTask_ShowsWhatItDoesHowFarAndSinceWhen()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        WpfTaskPanel panel = await ShowPanelAsync(program);

        await program.OnUiAsync(() => Start(program, "Hash", task => task.Report(3, 4, "b.iso")));

        await program.UntilAsync(() => Rows(panel) is ["Running | 0.75 | 0:00 | Hash (Main): b.iso"]);
        await program.UntilAsync(() => Below(panel).OfType<TextBlock>().Any(block => block.Text == "1 task is running."));
    }

    [Fact]
    [Trait("Behaviour", "B34")]
    public async Task CancelButton_IsEnabledWhileATaskRuns()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        WpfTaskPanel panel = await ShowPanelAsync(program);

        await program.OnUiAsync(() => Start(program, "Hash"));
        await program.UntilAsync(() => Find<Button>(panel).IsEnabled);
        await program.OnUiAsync(panel.CancelSelected);

        await program.UntilAsync(() => !Find<Button>(panel).IsEnabled);
    }

    [Fact]
    public async Task Panel_WithoutTasks_SaysSoAndHasNothingToCancel()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        WpfTaskPanel panel = await ShowPanelAsync(program);

        await program.UntilAsync(() => Below(panel).OfType<TextBlock>().Any(block => block.Text == "No task is running."));

        Assert.False(await program.OnUiAsync(() => Find<Button>(panel).IsEnabled));
        Assert.False(await program.OnUiAsync(panel.CancelSelected));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "B34")]
    public async Task CancelOrDelete_OnTheSelectedTask_CancelsItAndNoOther(bool byKey)
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        WpfTaskPanel panel = await ShowPanelAsync(program);
        BackgroundTask first = await program.OnUiAsync(() => Start(program, "First"));
        BackgroundTask second = await program.OnUiAsync(() => Start(program, "Second"));
        await program.UntilAsync(() => Rows(panel).Length == 2);

        await program.OnUiAsync(() => Find<ListBox>(panel).SelectedIndex = 1);
        await program.OnUiAsync(() => Cancel(program, panel, byKey));
        await program.UntilAsync(() => second.IsCompleted);

        Assert.Equal("'Second' was canceled in the task list.", second.CancelReason?.Message);
        Assert.Equal(BackgroundTaskState.Running, first.State);
    }

    [Fact]
    [Trait("Behaviour", "B34")]
    public async Task Selection_WhenATaskAboveEnds_StaysOnItsTask()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        WpfTaskPanel panel = await ShowPanelAsync(program);
        BackgroundTask first = await program.OnUiAsync(() => Start(program, "First"));
        BackgroundTask second = await program.OnUiAsync(() => Start(program, "Second"));
        BackgroundTask third = await program.OnUiAsync(() => Start(program, "Third"));
        await program.UntilAsync(() => Rows(panel).Length == 3);
        await program.OnUiAsync(() => Find<ListBox>(panel).SelectedIndex = 1);

        first.Cancel();
        await program.UntilAsync(() => Rows(panel).Length == 2);
        await program.OnUiAsync(() => Cancel(program, panel, byKey: true));
        await program.UntilAsync(() => second.IsCompleted);

        Assert.Equal(BackgroundTaskState.Running, third.State);
    }

    [Fact]
    public async Task Panel_ThatIsTakenOutAndPutInAgain_FollowsTheTasksAgain()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        WpfTaskPanel panel = await ShowPanelAsync(program);
        await program.OnUiAsync(() => program.Window.Content = null);
        await program.OnUiAsync(() => Start(program, "Hash"));

        await program.OnUiAsync(() => program.Window.Content = panel);

        await program.UntilAsync(() => Rows(panel) is ["Running | 0 | 0:00 | Hash (Main)"]);
    }

    private static Task<WpfTaskPanel> ShowPanelAsync(WpfProgram program) => program.OnUiAsync(() =>
    {
        var panel = new WpfTaskPanel(program.App.Tasks);
        program.Window.Content = panel;
        return panel;
    });

    private static BackgroundTask Start(WpfProgram program, string name, Action<TaskContext>? report = null) => program.Window.Tasks.Run(
        async task =>
        {
            report?.Invoke(task);
            await WpfProgram.ForeverAsync(task.CancellationToken);
        },
        new TaskOptions { Name = name });

    private static void Cancel(WpfProgram program, WpfTaskPanel panel, bool byKey)
    {
        nint window = WpfProgram.HandleOf(program.Window);
        if (byKey)
        {
            var rows = Find<ListBox>(panel);
            ((ListBoxItem)rows.SelectedItem).Focus();
            Native.PressDelete(window);
        }
        else
        {
            Find<Button>(panel).Focus();
            Native.PressSpace(window);
        }
    }

    private static string[] Rows(WpfTaskPanel panel) => [.. Find<ListBox>(panel).Items.Cast<ListBoxItem>().Select(TextOf)];

    private static string TextOf(ListBoxItem row) => string.Join(" | ", ((StackPanel)row.Content).Children.Cast<FrameworkElement>().Select(
        static cell => cell is ProgressBar bar ? FormattableString.Invariant($"{bar.Value}") : ((TextBlock)cell).Text));

    private static T Find<T>(WpfTaskPanel panel)
        where T : Control =>
        ((DockPanel)panel.Content).Children.OfType<T>().Single();

    private static IEnumerable<DependencyObject> Below(DependencyObject view) =>
        Enumerable.Range(0, VisualTreeHelper.GetChildrenCount(view)).SelectMany(child => Below(VisualTreeHelper.GetChild(view, child))).Prepend(view);
}
