using System.Windows.Forms;

namespace Fibula.WindowsForms.Tests.Windows;

/// <summary>A form that is minimized is still shown.</summary>
[Collection("Windows Forms")]
public sealed class MinimizedTests
{
    [Fact]
    [Trait("Behaviour", "B23")]
    public async Task RunWhileShown_WhileTheFormIsMinimized_GoesOn()
    {
        bool isTold = false, isRunning = false;
        await using FormsProgram program = await FormsProgram.StartAsync();
        await program.OnUiAsync(() => program.Form.Tasks.RunWhileShown(async task =>
        {
            task.CancellationToken.Register(() => isTold = true);
            isRunning = true;
            await FormsProgram.ForeverAsync(task.CancellationToken);
        }));
        await program.UntilAsync(() => isRunning);

        await program.OnUiAsync(() => program.Form.WindowState = FormWindowState.Minimized);
        await program.OnUiAsync(() => { });
        bool isToldMeanwhile = await program.OnUiAsync(() => isTold);
        await program.OnUiAsync(program.Form.Hide);
        await program.UntilAsync(() => isTold);

        Assert.False(isToldMeanwhile);
    }
}
