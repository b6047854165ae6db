using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

[Collection("Avalonia")]
public sealed class SessionEndTests
{
    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task EndOfTheSession_WhenTheHookSaysNo_RunsTheCleanUpBeforeItReturnsAndTheProgramEnds()
    {
        List<ExitCause> causes = [];
        string? cleanedUpOn = null;
        await using StagedProgram program = await StagedProgram.StartAsync(options => options.OnExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(false);
        });
        BackgroundTask task = await program.OnUiAsync(() => program.Window.Tasks.Run(token => CleanUpAsync(() => cleanedUpOn = StagedProgram.ToolkitThread, token)));

        (bool isAccepted, string? cleanedUpBefore) = await program.OnUiAsync(() => (StagePlatform.LogOff(), cleanedUpOn));
        await program.Ended;

        Assert.True(isAccepted);
        Assert.Equal([ExitCause.SessionEnding], causes);
        Assert.Equal("stage", cleanedUpBefore);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task EndOfTheSession_WhenTheHookNeverAnswers_DoesNotWaitForIt()
    {
        bool isCleanedUp = false;
        await using StagedProgram program = await StagedProgram.StartAsync(options =>
        {
            options.ForcedExitLimit = TimeSpan.FromMilliseconds(400);
            options.OnExit = _ => new TaskCompletionSource<bool>().Task;
        });
        await program.OnUiAsync(() => program.App.Tasks.Run(token => CleanUpAsync(() => isCleanedUp = true, token)));

        (bool isAccepted, bool isCleanedUpBefore) = await program.OnUiAsync(() => (StagePlatform.LogOff(), isCleanedUp));
        await program.Ended;

        Assert.True(isAccepted);
        Assert.True(isCleanedUpBefore);
    }

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

    private static async Task CleanUpAsync(Action cleanUp, CancellationToken cancellationToken)
    {
        try
        {
            await StagedProgram.ForeverAsync(cancellationToken);
        }
        finally
        {
            cleanUp();
        }
    }
}
