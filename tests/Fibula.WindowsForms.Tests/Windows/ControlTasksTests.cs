using System.Windows.Forms;
using Fibula.Diagnostics;

namespace Fibula.WindowsForms.Tests.Windows;

[Collection("Windows Forms")]
public sealed class ControlTasksTests
{
    [Fact]
    public async Task Tasks_OfAControlInAForm_AreAChildOfTheFormsScope()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        await program.OnUiAsync(() =>
        {
            var panel = new Panel();
            var label = new Label { Text = "Price" };
            panel.Controls.Add(label);
            program.Form.Controls.Add(panel);
            label.Tasks.Run(FormsProgram.ForeverAsync);
        });

        ScopeSnapshot app = program.App.Tasks.Snapshot();

        ScopeSnapshot form = Assert.Single(app.Children);
        Assert.Equal("Main", form.Name);
        Assert.Equal("Price", Assert.Single(form.Children).Name);
    }

    [Fact]
    public async Task Tasks_OfADialogThatIsShownAgain_AreNewOnes()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();

        List<BackgroundTaskState> states = await program.OnUiAsync(() =>
        {
            using var dialog = new Form { Name = "Dialog" };
            var states = new List<BackgroundTaskState>();
            dialog.Shown += (_, _) =>
            {
                states.Add(dialog.Tasks.Run(FormsProgram.ForeverAsync).State);
                program.App.Post(dialog.Close);
            };
            dialog.ShowDialog();
            dialog.ShowDialog();
            return states;
        });

        Assert.Equal([BackgroundTaskState.Running, BackgroundTaskState.Running], states);
    }

    [Fact]
    [Trait("Behaviour", "B58")]
    public async Task Tasks_OfAControlOnAnotherThread_SayWhatToDo()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();

        var error = Assert.Throws<InvalidOperationException>(() => program.Form.Tasks);

        Assert.StartsWith("Tasks of 'Main' were asked for on a thread that is not the UI thread of '", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseFibula_OnAThreadThatHasAnApp_SaysSo()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => program.OnUiAsync(() => Application.UseFibula()));

        Assert.Equal("This thread has an app already. Call Application.UseFibula() once, in Main.", error.Message);
    }
}
