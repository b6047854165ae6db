using System.Windows.Controls;

namespace Fibula.Wpf.Tests.Panels;

/// <summary>Work that was stopped by a token of its own, in a panel.</summary>
[Collection("WPF")]
public sealed class OwnTokenTests
{
    [Fact]
    [Trait("Behaviour", "B79")]
    public async Task Panel_TaskStoppedByATokenOfItsOwn_SaysSoUntilItIsDismissed()
    {
        using var own = new CancellationTokenSource();
        await using WpfProgram program = await WpfProgram.StartAsync();
        WpfTaskPanel panel = await program.OnUiAsync(() =>
        {
            var panel = new WpfTaskPanel(program.App.Tasks);
            program.Window.Content = panel;
            return panel;
        });
        await program.OnUiAsync(() => program.Window.Tasks.Run(
            () => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, own.Token),
            new TaskOptions { Name = "Search" }));
        await program.UntilAsync(() => Rows(panel) is [var row] && row.Contains("Running", StringComparison.Ordinal));

        await own.CancelAsync();

        await program.UntilAsync(() => Rows(panel) is [var row] && row.Contains("Canceled", StringComparison.Ordinal));
        string row = (await program.OnUiAsync(() => Rows(panel)))[0];
        await program.OnUiAsync(() => Select(panel));
        await program.OnUiAsync(panel.CancelSelected);
        await program.UntilAsync(() => Rows(panel) is []);

        Assert.Contains("Search: stopped by a token of its own", row);
    }

    private static void Select(WpfTaskPanel panel) => ((DockPanel)panel.Content).Children.OfType<ListBox>().Single().SelectedIndex = 0;

    private static string[] Rows(WpfTaskPanel panel) => [.. ((DockPanel)panel.Content).Children.OfType<ListBox>().Single().Items.Cast<ListBoxItem>().Select(static row =>
        string.Join(' ', ((StackPanel)row.Content).Children.OfType<TextBlock>().Select(static cell => cell.Text)))];
}
