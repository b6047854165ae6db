using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Panels;

/// <summary>Work that was stopped by a token of its own, in a panel.</summary>
[Collection("Windows Forms")]
public sealed class OwnTokenTests
{
    [Fact]
    [Trait("Behaviour", "B79")]
    public async Task Panel_TaskStoppedByATokenOfItsOwn_SaysSoUntilItIsDismissed()
    {
        using var own = new CancellationTokenSource();
        await using FormsProgram program = await FormsProgram.StartAsync();
        WindowsFormsTaskPanel panel = await program.OnUiAsync(() =>
        {
            var panel = new WindowsFormsTaskPanel(program.App.Tasks);
            program.Form.Controls.Add(panel);
            return panel;
        });
        await program.OnUiAsync(() => program.Form.Tasks.Run(
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

    private static void Select(WindowsFormsTaskPanel panel) => panel.Controls.OfType<ListView>().Single().Items[0].Selected = true;

    private static string[] Rows(WindowsFormsTaskPanel panel) => [.. panel.Controls.OfType<ListView>().Single().Items.Cast<ListViewItem>().Select(static row =>
        string.Join(' ', row.SubItems.Cast<ListViewItem.ListViewSubItem>().Select(static cell => cell.Text)))];
}
