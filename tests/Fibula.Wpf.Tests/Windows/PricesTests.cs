using System.Windows;
using System.Windows.Controls;
using System.Windows.Media;
using PricesWpf;

namespace Fibula.Wpf.Tests.Windows;

/// <summary>The sample, from its start to its end.</summary>
[Collection("WPF")]
public sealed class PricesTests
{
    [Fact]
    [Trait("Behaviour", "B80")]
    public async Task Prices_LoadedAndClosedWhileSomethingRuns_AskAndEndInOrder()
    {
        await using WpfProgram program = await WpfProgram.StartAsync(static () => OneApplication.Make<Program>());
        Window main = await program.OnUiAsync(() => program.Window);

        await program.OnUiAsync(() => Click(main, "Load"));
        await program.OnUiAsync(() => Click(main, "Details"));
        await program.UntilAsync(() => program.Application.Windows.Count == 2);
        Window details = await program.OnUiAsync(() => program.Application.Windows[1]!);
        await program.UntilAsync(() => Texts(main).Contains("30 prices, in all 581.25."));
        string[] listed = await program.OnUiAsync(() => Texts(main).ToArray());

        await program.OnUiAsync(() => Native.ClickClose(WpfProgram.HandleOf(details)));
        await program.UntilAsync(() => program.Application.Windows.Count == 3);
        await program.OnUiAsync(() => Click(program.Application.Windows[2]!, "Close"));
        await program.UntilAsync(() => program.Application.Windows.Count == 1);
        await program.OnUiAsync(() => Native.ClickClose(WpfProgram.HandleOf(main)));
        await program.Ended;

        Assert.Contains(listed, text => text.StartsWith("WatchAsync (DetailsWindow): The price is ", StringComparison.Ordinal));
        Assert.Equal(0, program.ExitCode);
    }

    private static IEnumerable<string> Texts(DependencyObject view) =>
        Below(view).OfType<TextBlock>().Select(static block => block.Text);

    private static void Click(Window window, string name)
    {
        Button button = Below(window).OfType<Button>().Single(known => known.Name == name);
        button.Focus();
        Native.PressSpace(WpfProgram.HandleOf(window));
    }

    private static IEnumerable<DependencyObject> Below(DependencyObject view) =>
        Enumerable.Range(0, VisualTreeHelper.GetChildrenCount(view)).SelectMany(child => Below(VisualTreeHelper.GetChild(view, child))).Prepend(view);
}
