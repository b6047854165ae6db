using System.Windows;
using System.Windows.Controls;
using System.Windows.Controls.Primitives;
using System.Windows.Data;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class CommandTests
{
    [Fact]
    [Trait("Behaviour", "B63")]
    public async Task Button_BoundToACommand_IsEnabledAsItsPolicySaysAndTheOtherCancels()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        (Button load, Button cancel, TaskCommand command) = await program.OnUiAsync(() =>
        {
            var command = new TaskCommand(program.Window.Tasks, WpfProgram.ForeverAsync) { Name = "Load" };
            (Button load, Button cancel) = Show(program, new { Load = command, Cancel = command.CancelCommand }, "Load", "Cancel");
            return (load, cancel, command);
        });
        var threads = new HashSet<string>();
        await program.OnUiAsync(() => load.IsEnabledChanged += (_, _) => threads.Add(WpfProgram.ToolkitThread));
        (bool, bool) before = await program.OnUiAsync(() => (load.IsEnabled, cancel.IsEnabled));

        await program.OnUiAsync(() => Click(load));
        await program.UntilAsync(() => !load.IsEnabled && cancel.IsEnabled);
        BackgroundTask run = command.Last!;
        await program.OnUiAsync(() => Click(cancel));
        await program.UntilAsync(() => load.IsEnabled && !cancel.IsEnabled);

        Assert.Equal((true, false), before);
        Assert.Equal("The user canceled 'Load'.", run.CancelReason?.Message);
        Assert.Equal(["wpf"], threads);
    }

    [Fact]
    [Trait("Behaviour", "B63")]
    public async Task Button_BesideThatOfARelayCommand_BothWork()
    {
        await using WpfProgram program = await WpfProgram.StartAsync();
        var model = new Model();
        (Button ours, Button theirs, TaskCommand command) = await program.OnUiAsync(() =>
        {
            var command = new TaskCommand(program.Window.Tasks, WpfProgram.ForeverAsync);
            (Button ours, Button theirs) = Show(program, new { Ours = command, Theirs = model.SaveCommand }, "Ours", "Theirs");
            return (ours, theirs, command);
        });

        await program.OnUiAsync(() => Click(ours));
        await program.UntilAsync(() => !ours.IsEnabled && theirs.IsEnabled);
        await program.OnUiAsync(() => Click(theirs));
        await program.UntilAsync(() => !theirs.IsEnabled);
        await program.OnUiAsync(() => command.Cancel());
        model.Saved.SetResult();
        await program.UntilAsync(() => ours.IsEnabled && theirs.IsEnabled);

        Assert.Equal(BackgroundTaskState.Canceled, command.Last!.State);
    }

    private static (Button First, Button Second) Show(WpfProgram program, object model, string first, string second)
    {
        (Button, Button) buttons = (Bound(first), Bound(second));
        program.Window.Content = new StackPanel { DataContext = model, Children = { buttons.Item1, buttons.Item2 } };
        program.Window.UpdateLayout();
        return buttons;
    }

    private static Button Bound(string command)
    {
        var button = new Button { Content = command };
        button.SetBinding(ButtonBase.CommandProperty, new Binding(command));
        return button;
    }

    private static void Click(Button button)
    {
        button.Focus();
        Native.PressSpace(WpfProgram.HandleOf(Window.GetWindow(button)));
    }
}
