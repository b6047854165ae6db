using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Interactivity;
using Avalonia.LogicalTree;
using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Panels;

[Collection("Avalonia")]
public sealed class AvaloniaTaskPanelTests
{
    [Fact]
    [Trait("Behaviour", "B71")]
    public async Task Panel_WithARunningTask_ShowsWhatItDoesHowFarAndSinceWhen()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        AvaloniaTaskPanel panel = await ShowPanelAsync(program);

        await program.OnUiAsync(() => Start(program, "Hash", task => task.Report(3, 4, "b.iso")));

        await program.UntilAsync(() => Rows(panel) is ["Running | 0.75 | 0:00 | Hash (Main): b.iso"]);
        await program.UntilAsync(() => Find<TextBlock>(panel).Text == "1 task is running.");
    }

    [Fact]
    [Trait("Behaviour", "B79")]
    public async Task Panel_TaskStoppedByATokenOfItsOwn_SaysSo()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        AvaloniaTaskPanel panel = await ShowPanelAsync(program);
        using var own = new CancellationTokenSource();
        await program.OnUiAsync(() => program.Window.Tasks.Run(() => StagedProgram.ForeverAsync(own.Token), new TaskOptions { Name = "Search" }));

        await own.CancelAsync();

        await program.UntilAsync(() => Rows(panel).Any(row => row.StartsWith("Canceled", StringComparison.Ordinal)
            && row.EndsWith("Search: stopped by a token of its own (Main)", StringComparison.Ordinal)));
        await program.UntilAsync(() => Find<TextBlock>(panel).Text == "No task is running.");
    }

    [Fact]
    [Trait("Behaviour", "B34")]
    public async Task CancelButton_IsEnabledWhileATaskRuns()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        AvaloniaTaskPanel panel = await ShowPanelAsync(program);

        await program.OnUiAsync(() => Start(program, "Hash"));
        await program.UntilAsync(() => Find<Button>(panel).IsEnabled);
        await program.OnUiAsync(panel.CancelSelected);

        await program.UntilAsync(() => !Find<Button>(panel).IsEnabled);
    }

    [Fact]
    public async Task Panel_WithoutTasks_SaysSoAndHasNothingToCancel()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        AvaloniaTaskPanel panel = await ShowPanelAsync(program);

        (string? text, bool canCancel, bool isCanceled) = await program.OnUiAsync(
            () => (Find<TextBlock>(panel).Text, Find<Button>(panel).IsEnabled, panel.CancelSelected()));

        Assert.Equal("No task is running.", text);
        Assert.False(canCancel);
        Assert.False(isCanceled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "B34")]
    public async Task CancelOrDelete_OnTheSelectedTask_CancelsItAndNoOther(bool byKey)
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        AvaloniaTaskPanel panel = await ShowPanelAsync(program);
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
        await using StagedProgram program = await StagedProgram.StartAsync();
        AvaloniaTaskPanel panel = await ShowPanelAsync(program);
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
        await using StagedProgram program = await StagedProgram.StartAsync();
        AvaloniaTaskPanel panel = await ShowPanelAsync(program);
        await program.OnUiAsync(() => program.Window.Content = null);
        await program.OnUiAsync(() => Start(program, "Hash"));

        await program.OnUiAsync(() => program.Window.Content = panel);

        await program.UntilAsync(() => Rows(panel) is ["Running | 0 | 0:00 | Hash (Main)"]);
    }

    private static Task<AvaloniaTaskPanel> ShowPanelAsync(StagedProgram program) => program.OnUiAsync(() =>
    {
        var panel = new AvaloniaTaskPanel(program.App.Tasks) { Template = Templates.Empty, Focusable = true };
        program.Window.Template = Templates.OfAWindow;
        program.Window.Content = panel;
        return panel;
    });

    private static BackgroundTask Start(StagedProgram program, string name, Action<TaskContext>? report = null) => program.Window.Tasks.Run(
        async task =>
        {
            report?.Invoke(task);
            await StagedProgram.ForeverAsync(task.CancellationToken);
        },
        new TaskOptions { Name = name });

    // There is no font, so no row and no button has a place on the screen: the key goes to the panel, and the button gets the event of a click.
    private static void Cancel(StagedProgram program, AvaloniaTaskPanel panel, bool byKey)
    {
        if (byKey)
        {
            Assert.True(panel.Focus());
            StagePlatform.Press(program.Window, Key.Delete);
        }
        else
        {
            Find<Button>(panel).RaiseEvent(new RoutedEventArgs(Button.ClickEvent));
        }
    }

    private static string[] Rows(AvaloniaTaskPanel panel) => [.. Find<ListBox>(panel).Items.Cast<ListBoxItem>().Select(TextOf)];

    private static string TextOf(ListBoxItem row) => string.Join(" | ", ((StackPanel)row.Content!).Children.Select(
        static cell => cell is ProgressBar bar ? FormattableString.Invariant($"{bar.Value}") : ((TextBlock)cell).Text));

    private static T Find<T>(AvaloniaTaskPanel panel)
        where T : Control =>
        panel.GetLogicalDescendants().OfType<DockPanel>().Single().Children.OfType<T>().Single();
}
