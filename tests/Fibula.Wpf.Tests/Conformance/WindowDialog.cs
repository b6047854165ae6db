using System.Windows;
using System.Windows.Controls;
using System.Windows.Media;
using Fibula.Testing;

namespace Fibula.Wpf.Tests.Conformance;

/// <summary>The ready dialog of WPF, used by keys.</summary>
internal sealed class WindowDialog(Window window) : LoopDialog
{
    public override string? Question => Texts()[0];

    // Those of the buttons come behind them.
    public override IReadOnlyList<string> Lines => [.. Texts()[1..].Except(Answers)];

    public override IReadOnlyList<string> Answers => [.. Below<Button>(window).Select(TextOf)];

    /// <summary>The windows of the adapter's own that are shown. Their buttons come with the first layout.</summary>
    public static IReadOnlyList<WindowDialog> Find(Application application) =>
        [.. application.Windows.Cast<Window>().Where(static window => IsDialog(window) && window.IsVisible && Below<Button>(window).Any()).Select(static window => new WindowDialog(window))];

    public override IReadOnlyList<string> WaysTo(string answer) => answer switch
    {
        "Stay" => ["button", "Escape", "close box"],
        "Wait for it" => ["button", "Enter"],
        _ => ["button"],
    };

    public override Task AnswerAsync(string answer, string way) => window.Dispatcher.InvokeAsync(() =>
    {
        // Keys reach the window in front only.
        window.Activate();
        nint handle = WpfProgram.HandleOf(window);
        switch (way)
        {
            case "button":
                Below<Button>(window).Single(known => TextOf(known) == answer).Focus();
                Native.PressSpace(handle);
                break;
            case "close box":
                Native.ClickClose(handle);
                break;
            case "Enter":
                Native.PressEnter(handle);
                break;
            default:
                Native.PressEscape(handle);
                break;
        }
    }).Task;

    private static bool IsDialog(Window window) => window.GetType().Assembly == typeof(WpfLoop).Assembly;

    private static string TextOf(Button button) => (string)button.Content;

    private static IEnumerable<T> Below<T>(DependencyObject view) => Below(view).OfType<T>();

    private static IEnumerable<DependencyObject> Below(DependencyObject view) =>
        Enumerable.Range(0, VisualTreeHelper.GetChildrenCount(view)).SelectMany(child => Below(VisualTreeHelper.GetChild(view, child))).Prepend(view);

    private string[] Texts() => [.. Below<TextBlock>(window).Select(static block => block.Text)];
}
