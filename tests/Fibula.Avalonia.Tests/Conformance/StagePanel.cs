using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Interactivity;
using Avalonia.LogicalTree;
using Fibula.Avalonia.Tests.Stage;
using Fibula.Testing;

namespace Fibula.Avalonia.Tests.Conformance;

/// <summary>The panel of Avalonia. There is no font, so no row and no button has a place on the screen: the key goes to the panel, and the button gets the
/// event of a click.</summary>
internal sealed class StagePanel(TaskScope scope) : LoopPanel
{
    private readonly AvaloniaTaskPanel _panel = new(scope) { Template = Templates.Empty, Focusable = true };
    private Window? _window;

    public override IReadOnlyList<string> Rows => [.. Find<ListBox>().Items.Cast<ListBoxItem>().Select(TextOf)];

    public override string? Summary => Find<TextBlock>().Text;

    public override bool OffersCancel => Find<Button>().IsEnabled;

    public override IReadOnlyList<string> WaysToCancel => ["button", "Delete"];

    public override void PutInto(LoopWindow window)
    {
        _window = (Window)window.View;
        _window.Content = _panel;
    }

    public override void TakeOut() => _window!.Content = null;

    public override void Select(int row) => Find<ListBox>().SelectedIndex = row;

    public override void Cancel(string way)
    {
        if (way == "button")
        {
            Find<Button>().RaiseEvent(new RoutedEventArgs(Button.ClickEvent));
        }
        else
        {
            Assert.True(_panel.Focus());
            StagePlatform.Press(_window!, Key.Delete);
        }
    }

    public override bool CancelSelected() => _panel.CancelSelected();

    private static string TextOf(ListBoxItem row) => string.Join(" | ", ((StackPanel)row.Content!).Children.Select(
        static cell => cell is ProgressBar bar ? Amount(bar) : ((TextBlock)cell).Text));

    private static string Amount(ProgressBar bar) => bar.IsIndeterminate ? string.Empty : FormattableString.Invariant($"{bar.Value * 100} %");

    private T Find<T>()
        where T : Control =>
        _panel.GetLogicalDescendants().OfType<DockPanel>().Single().Children.OfType<T>().Single();
}
