using Avalonia.Controls;
using Avalonia.Interactivity;
using Avalonia.LogicalTree;
using Fibula.Avalonia.Tests.Stage;
using PricesAvalonia;

namespace Fibula.Avalonia.Tests.Windows;

/// <summary>The sample, from its start to its end.</summary>
[Collection("Avalonia")]
public sealed class PricesTests
{
    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Prices_LoadedAndClosedWhileSomethingRuns_AskAndEndInOrder()
    {
        await using StagedProgram program = await StagedProgram.StartAsync(() => new App());
        Window main = program.Window;

        await program.OnUiAsync(() => Click(main, "Load"));
        await program.OnUiAsync(() => Click(main, "Details"));
        await program.UntilAsync(() => program.Lifetime.Windows.Count == 2);
        Window details = program.Lifetime.Windows[1];
        await program.UntilAsync(() => Texts(main).Contains("30 prices, in all 581.25."));
        string[] listed = await program.OnUiAsync(() => Texts(main).ToArray());

        await program.OnUiAsync(() => StagePlatform.ClickClose(details));
        await program.UntilAsync(() => program.Lifetime.Windows.Count == 3);
        await program.OnUiAsync(() => Click(program.Lifetime.Windows[2], "Close"));
        await program.UntilAsync(() => program.Lifetime.Windows.Count == 1);
        await program.OnUiAsync(() => StagePlatform.ClickClose(main));
        await program.Ended;

        Assert.Contains(listed, text => text.StartsWith("WatchAsync (DetailsWindow): The price is ", StringComparison.Ordinal));
        Assert.Equal(0, program.ExitCode);
    }

    private static IEnumerable<string> Texts(Window window) => window.GetLogicalDescendants().OfType<TextBlock>().Select(block => block.Text ?? "");

    // Without a theme nothing has a place on the screen that could be clicked.
    private static void Click(Window window, string button) =>
        window.GetLogicalDescendants().OfType<Button>().Single(known => known.Name == button).RaiseEvent(new RoutedEventArgs(Button.ClickEvent));
}
