using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

[Collection("Windows Forms")]
public sealed class CommandTests
{
    [Fact]
    [Trait("Behaviour", "B63")]
    public async Task Button_OfACommand_IsEnabledAsItsPolicySaysAndTheOtherCancels()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        (Button load, Button cancel, TaskCommand command) = await program.OnUiAsync(() =>
        {
            var command = new TaskCommand(program.Form.Tasks, FormsProgram.ForeverAsync) { Name = "Load" };
            var load = new Button { Command = command };
            var cancel = new Button { Command = command.CancelCommand, Top = 40 };
            program.Form.Controls.AddRange([load, cancel]);
            return (load, cancel, command);
        });
        var threads = new HashSet<string>();
        await program.OnUiAsync(() => load.EnabledChanged += (_, _) => threads.Add(FormsProgram.Thread));
        (bool, bool) before = await program.OnUiAsync(() => (load.Enabled, cancel.Enabled));

        await program.OnUiAsync(() => User32.Click(load));
        await program.UntilAsync(() => !load.Enabled && cancel.Enabled);
        BackgroundTask run = command.Last!;
        await program.OnUiAsync(() => User32.Click(cancel));
        await program.UntilAsync(() => load.Enabled && !cancel.Enabled);

        Assert.Equal((true, false), before);
        Assert.Equal("The user canceled 'Load'.", run.CancelReason?.Message);
        Assert.Equal(["forms"], threads);
        Assert.Empty(program.Errors);
    }

    [Fact]
    [Trait("Behaviour", "B63")]
    public async Task Button_BesideThatOfARelayCommand_BothWork()
    {
        await using FormsProgram program = await FormsProgram.StartAsync();
        var model = new Model();
        (Button ours, Button theirs, TaskCommand command) = await program.OnUiAsync(() =>
        {
            var command = new TaskCommand(program.Form.Tasks, FormsProgram.ForeverAsync);
            var ours = new Button { Command = command };
            var theirs = new Button { Command = model.SaveCommand, Top = 40 };
            program.Form.Controls.AddRange([ours, theirs]);
            return (ours, theirs, command);
        });

        await program.OnUiAsync(() => User32.Click(ours));
        await program.UntilAsync(() => !ours.Enabled);
        await program.OnUiAsync(() => User32.Click(theirs));
        await program.UntilAsync(() => !theirs.Enabled);
        await program.OnUiAsync(() => command.Cancel());
        model.Saved.SetResult();
        await program.UntilAsync(() => ours.Enabled && theirs.Enabled);

        Assert.Empty(program.Errors);
    }
}
