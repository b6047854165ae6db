using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class SessionEndTests
{
    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task EndOfTheSession_ThatTheProgramHasRefused_LeavesTheAppAlone()
    {
        bool isAsked = false;
        await using StagedProgram program = await StagedProgram.StartAsync(options => options.OnExit = _ => Task.FromResult(isAsked = true), program => program.Lifetime.ShutdownRequested += (_, e) => e.Cancel = true);
        BackgroundTask task = await program.OnUiAsync(() => program.App.Tasks.Run(StagedProgram.ForeverAsync));

        bool isAccepted = await program.OnUiAsync(() => StagePlatform.LogOff());

        Assert.False(isAccepted);
        Assert.False(isAsked);
        Assert.Equal(BackgroundTaskState.Running, task.State);
    }
}
