namespace Fibula.Wpf.Tests.Windows;

/// <summary>An end that asks no window: nothing is to be said of one that overrides its closing.</summary>
[Collection("WPF")]
public sealed class ShutdownTests
{
    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task Shutdown_WithAWindowThatOverridesItsClosing_BlamesNobody()
    {
        using var said = new StringWriter();
        TextWriter before = Console.Error;
        Console.SetError(said);
        await using WpfProgram program = await WpfProgram.StartAsync();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            var window = new HeadstrongWindow("never") { Name = "Import", Width = 200, Height = 100 };
            window.Show();
            return window.Tasks.Run(WpfProgram.ForeverAsync);
        });
        await program.OnUiAsync(() => program.Application.Shutdown());
        await program.Ended;
        Console.SetError(before);

        Assert.DoesNotContain("OnClosing", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }
}
