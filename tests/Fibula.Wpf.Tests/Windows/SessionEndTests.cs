using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class SessionEndTests
{
    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task EndOfTheSession_ThatTheProgramHasRefused_LeavesTheAppAlone()
    {
        bool isAsked = false;
        await using WpfProgram program = await WpfProgram.StartAsync(OneApplication.Make, program =>
        {
            program.Application.SessionEnding += (_, e) => e.Cancel = true;
            program.App = program.Application.UseFibula(options => options.OnExit = _ => Task.FromResult(isAsked = true));
            new Window().Show();
        });
        BackgroundTask task = await program.OnUiAsync(() => program.App.Tasks.Run(WpfProgram.ForeverAsync));

        bool isAccepted = await program.OnUiAsync(() => Native.LogOff());

        Assert.False(isAccepted);
        Assert.False(isAsked);
        Assert.Equal(BackgroundTaskState.Running, task.State);
    }
}
