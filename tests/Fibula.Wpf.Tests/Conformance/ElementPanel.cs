using System.Windows;
using System.Windows.Controls;
using Fibula.Testing;

namespace Fibula.Wpf.Tests.Conformance;

/// <summary>The panel of WPF, used by keys.</summary>
internal sealed class ElementPanel(TaskScope scope) : LoopPanel
{
    private readonly WpfTaskPanel _panel = new(scope);
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
        // Keys reach the window in front only.
        _window!.Activate();
        nint window = WpfProgram.HandleOf(_window);
        if (way == "button")
        {
            Find<Button>().Focus();
            Native.PressSpace(window);
        }
        else
        {
            ((ListBoxItem)Find<ListBox>().SelectedItem).Focus();
            Native.PressDelete(window);
        }
    }

    public override bool CancelSelected() => _panel.CancelSelected();

    private static string TextOf(ListBoxItem row) => string.Join(" | ", ((StackPanel)row.Content).Children.Cast<FrameworkElement>().Select(
        static cell => cell is ProgressBar bar ? Amount(bar) : ((TextBlock)cell).Text));

    private static string Amount(ProgressBar bar) => bar.IsIndeterminate ? string.Empty : FormattableString.Invariant($"{bar.Value * 100} %");

    private T Find<T>()
        where T : FrameworkElement =>
        ((DockPanel)_panel.Content).Children.OfType<T>().Single();
}
