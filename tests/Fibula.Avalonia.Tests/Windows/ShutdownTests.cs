using Fibula.Avalonia.Tests.Stage;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>An end that asks no window: nothing is to be said of one that overrides its closing.</summary>
[Collection("Avalonia")]
public sealed class ShutdownTests
{
    [Fact]
    [Trait("Behaviour", "B82")]
    public async Task Shutdown_WithAWindowThatOverridesItsClosing_BlamesNobody()
    {
        using var said = new StringWriter();
        TextWriter before = Console.Error;
        Console.SetError(said);
        await using StagedProgram program = await StagedProgram.StartAsync();
        BackgroundTask task = await program.OnUiAsync(() =>
        {
            var window = new HeadstrongWindow("never") { Name = "Import" };
            window.Show();
            return window.Tasks.Run(StagedProgram.ForeverAsync);
        });
        await program.OnUiAsync(() => program.Lifetime.Shutdown());
        await program.Ended;
        Console.SetError(before);

        Assert.DoesNotContain("OnClosing", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }
}
