using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>A window that is minimized is still shown.</summary>
[Collection("Avalonia")]
public sealed class MinimizedTests
{
    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task RunWhileShown_WhileTheWindowIsMinimized_GoesOn()
    {
        bool isTold = false, isRunning = false;
        await using StagedProgram program = await StagedProgram.StartAsync();
        await program.OnUiAsync(() => program.Window.Tasks.RunWhileShown(async task =>
        {
            task.CancellationToken.Register(() => isTold = true);
            isRunning = true;
            await StagedProgram.ForeverAsync(task.CancellationToken);
        }));
        await program.UntilAsync(() => isRunning);

        await program.OnUiAsync(() => program.Window.WindowState = global::Avalonia.Controls.WindowState.Minimized);
        await program.OnUiAsync(() => { });
        bool isToldMeanwhile = await program.OnUiAsync(() => isTold);
        await program.OnUiAsync(() => program.Window.Hide());
        await program.UntilAsync(() => isTold);

        Assert.False(isToldMeanwhile);
    }
}
