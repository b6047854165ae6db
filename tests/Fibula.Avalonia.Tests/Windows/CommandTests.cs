using Avalonia.Controls;
using Avalonia.Data;
using Avalonia.Input;
using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class CommandTests
{
    [Fact]
    [Trait("Behaviour", "B63")]
    public async Task Button_BoundToACommand_IsEnabledAsItsPolicySaysAndTheOtherCancels()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        (Button load, Button cancel, TaskCommand command) = await program.OnUiAsync(() =>
        {
            var command = new TaskCommand(program.Window.Tasks, StagedProgram.ForeverAsync) { Name = "Load" };
            (Button load, Button cancel) = Show(program, new { Load = command, Cancel = command.CancelCommand }, "Load", "Cancel");
            return (load, cancel, command);
        });
        var threads = new HashSet<string>();
        await program.OnUiAsync(() => load.PropertyChanged += (_, e) => threads.Add(StagedProgram.ToolkitThread));
        (bool, bool) before = await program.OnUiAsync(() => (load.IsEffectivelyEnabled, cancel.IsEffectivelyEnabled));

        await program.OnUiAsync(() => Click(program, load));
        await program.UntilAsync(() => !load.IsEffectivelyEnabled && cancel.IsEffectivelyEnabled);
        BackgroundTask run = command.Last!;
        await program.OnUiAsync(() => Click(program, cancel));
        await program.UntilAsync(() => load.IsEffectivelyEnabled && !cancel.IsEffectivelyEnabled);

        Assert.Equal((true, false), before);
        Assert.Equal("The user canceled 'Load'.", run.CancelReason?.Message);
        Assert.Equal(["stage"], threads);
    }

    [Fact]
    [Trait("Behaviour", "B63")]
    public async Task Button_BesideThatOfARelayCommand_BothWork()
    {
        await using StagedProgram program = await StagedProgram.StartAsync();
        var model = new Model();
        (Button ours, Button theirs, TaskCommand command) = await program.OnUiAsync(() =>
        {
            var command = new TaskCommand(program.Window.Tasks, StagedProgram.ForeverAsync);
            (Button ours, Button theirs) = Show(program, new { Ours = command, Theirs = model.SaveCommand }, "Ours", "Theirs");
            return (ours, theirs, command);
        });

        await program.OnUiAsync(() => Click(program, ours));
        await program.UntilAsync(() => !ours.IsEffectivelyEnabled && theirs.IsEffectivelyEnabled);
        await program.OnUiAsync(() => Click(program, theirs));
        await program.UntilAsync(() => !theirs.IsEffectivelyEnabled);
        await program.OnUiAsync(() => command.Cancel());
        model.Saved.SetResult();
        await program.UntilAsync(() => ours.IsEffectivelyEnabled && theirs.IsEffectivelyEnabled);

        Assert.Equal(BackgroundTaskState.Canceled, command.Last!.State);
    }

    private static (Button First, Button Second) Show(StagedProgram program, object model, string first, string second)
    {
        (Button, Button) buttons = (Bound(first), Bound(second));
        program.Window.Template = Templates.OfAWindow;
        program.Window.Content = new StackPanel { DataContext = model, Children = { buttons.Item1, buttons.Item2 } };
        program.Window.UpdateLayout();
        return buttons;
    }

    private static Button Bound(string command)
    {
        var button = new Button { Template = Templates.Empty };
        button.Bind(Button.CommandProperty, new ReflectionBinding(command));
        return button;
    }

    // A button with the focus is clicked by Enter.
    private static void Click(StagedProgram program, Button button)
    {
        Assert.True(button.Focus());
        StagePlatform.Press(program.Window, Key.Enter);
    }
}
