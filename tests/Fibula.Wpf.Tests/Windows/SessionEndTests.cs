using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

[Collection("WPF")]
public sealed class SessionEndTests
{
    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task EndOfTheSession_WhenTheHookSaysNo_RunsTheCleanUpBeforeItReturnsAndTheProgramEnds()
    {
        List<ExitCause> causes = [];
        string? cleanedUpOn = null;
        await using WpfProgram program = await WpfProgram.StartAsync(options => options.OnExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(false);
        });
        BackgroundTask task = await program.OnUiAsync(() => program.Window.Tasks.Run(token => CleanUpAsync(() => cleanedUpOn = WpfProgram.ToolkitThread, token)));

        (bool isAccepted, string? cleanedUpBefore) = await program.OnUiAsync(() => (Native.LogOff(), cleanedUpOn));
        await program.Ended;

        Assert.True(isAccepted);
        Assert.Equal([ExitCause.SessionEnding], causes);
        Assert.Equal("wpf", cleanedUpBefore);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B11")]
    public async Task EndOfTheSession_WhenTheHookNeverAnswers_DoesNotWaitForIt()
    {
        bool isCleanedUp = false;
        await using WpfProgram program = await WpfProgram.StartAsync(options =>
        {
            options.ForcedExitLimit = TimeSpan.FromMilliseconds(400);
            options.OnExit = _ => new TaskCompletionSource<bool>().Task;
        });
        await program.OnUiAsync(() => program.App.Tasks.Run(token => CleanUpAsync(() => isCleanedUp = true, token)));

        (bool isAccepted, bool isCleanedUpBefore) = await program.OnUiAsync(() => (Native.LogOff(), isCleanedUp));
        await program.Ended;

        Assert.True(isAccepted);
        Assert.True(isCleanedUpBefore);
    }

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

    private static async Task CleanUpAsync(Action cleanUp, CancellationToken cancellationToken)
    {
        try
        {
            await WpfProgram.ForeverAsync(cancellationToken);
        }
        finally
        {
            cleanUp();
        }
    }
}
