using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>Windows that override <c>OnClosing</c> and do not call the base method, or call it too late.</summary>
[Collection("Avalonia")]
public sealed class OverriddenClosingTests
{
    [Theory]
    [InlineData("never")]
    [InlineData("late")]
    [InlineData("in time")]
    [Trait("Behaviour", "B82")]
    public async Task Window_ThatCannotBeHeld_SaysSoOnStandardError(string calls)
    {
        using var said = new StringWriter();
        TextWriter before = Console.Error;
        Console.SetError(said);
        await using StagedProgram program = await StagedProgram.StartAsync();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            var window = new HeadstrongWindow(calls) { Title = "Import", Name = "Import" };
            window.Show();
            BackgroundTask task = window.Tasks.Run(StagedProgram.ForeverAsync);
            window.Close();
            return task;
        });
        await program.UntilAsync(() => task.IsCompleted);
        program.App.Exit();
        await program.Ended;
        Console.SetError(before);

        string sentence = "'Import' was closed before its tasks had ended: its 'OnClosing' does not call 'base.OnClosing' before it returns or awaits.";
        Assert.Equal(calls != "in time", said.ToString().Contains(sentence, StringComparison.Ordinal));
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }
}
