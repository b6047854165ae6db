using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

[Collection("Windows Forms")]
public sealed class RunWhileShownTests
{
    private int _begun;
    private int _ended;

    [Theory]
    [InlineData("form")]
    [InlineData("control")]
    [InlineData("panel around it")]
    [InlineData("tab")]
    [Trait("Behaviour", "B23")]
    public async Task Work_OfAViewThatIsHiddenAndShownAgain_StopsAndBeginsAgain(string what)
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Control watching, Action<bool> show) = await program.OnUiAsync(() => Build(what));
        await program.OnUiAsync(() => watching.Tasks.RunWhileShown(WatchAsync));
        await program.UntilAsync(() => _begun == 1);

        await program.OnUiAsync(() => show(false));
        await program.UntilAsync(() => _ended == 1);
        await program.OnUiAsync(() => { });
        int begunWhileHidden = _begun;
        await program.OnUiAsync(() => show(true));
        await program.UntilAsync(() => _begun == 2);

        Assert.Equal(1, begunWhileHidden);
        Assert.Equal(1, _ended);
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task Work_OfAControlThatIsInNoForm_BeginsOnceItIsPutIntoOne()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Panel panel, BackgroundTask task) = await program.OnUiAsync(() =>
        {
            var label = new Label();
            return (new Panel { Controls = { label } }, label.Tasks.RunWhileShown(WatchAsync));
        });
        await program.UntilAsync(() => task.Explain().EndsWith("waits for its view to be shown.", StringComparison.Ordinal));
        int begunBefore = _begun;

        await program.OnUiAsync(() => program.Form.Controls.Add(panel));
        await program.UntilAsync(() => _begun == 1);

        Assert.Equal(0, begunBefore);
    }

    private static (Control Watching, Action<bool> Show) Build(string what)
    {
        var form = new Form { Name = "Prices" };
        var label = new Label();
        var panel = new Panel { Controls = { label } };
        var page = new TabPage { Controls = { panel } };
        var tabs = new TabControl { TabPages = { page, new TabPage() } };
        form.Controls.Add(tabs);
        form.Show();
        return what switch
        {
            "form" => (form, isShown => form.Visible = isShown),
            "control" => (label, isShown => label.Visible = isShown),
            "panel around it" => (label, isShown => panel.Visible = isShown),
            _ => (label, isShown => tabs.SelectedIndex = isShown ? 0 : 1),
        };
    }

    private async Task WatchAsync(TaskContext task)
    {
        _begun++;
        try
        {
            await FormsProgram.ForeverAsync(task.CancellationToken);
        }
        finally
        {
            _ended++;
        }
    }
}
