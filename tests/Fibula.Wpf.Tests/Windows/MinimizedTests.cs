using System.Windows;

namespace Fibula.Wpf.Tests.Windows;

/// <summary>A window that is minimized is still shown.</summary>
[Collection("WPF")]
public sealed class MinimizedTests
{
    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task RunWhileShown_WhileTheWindowIsMinimized_GoesOn()
    {
        bool isTold = false, isRunning = false;
        await using WpfProgram program = await WpfProgram.StartAsync();
        await program.OnUiAsync(() => program.Window.Tasks.RunWhileShown(async task =>
        {
            task.CancellationToken.Register(() => isTold = true);
            isRunning = true;
            await WpfProgram.ForeverAsync(task.CancellationToken);
        }));
        await program.UntilAsync(() => isRunning);

        await program.OnUiAsync(() => program.Window.WindowState = WindowState.Minimized);
        await program.OnUiAsync(() => { });
        bool isToldMeanwhile = await program.OnUiAsync(() => isTold);
        await program.OnUiAsync(() => program.Window.Hide());
        await program.UntilAsync(() => isTold);

        Assert.False(isToldMeanwhile);
    }
}
