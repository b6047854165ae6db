using System.Windows;
using System.Windows.Controls;

namespace Story;

internal static class Program
{
    [STAThread]
    private static int Main()
    {
        var window = new Window { Title = "Story" };
        var lesson = new Lesson(handler =>
        {
            var button = new Button { Content = "Go on" };
            window.Content = button;
            button.Click += (_, _) => handler();
            button.RaiseEvent(new RoutedEventArgs(Button.ClickEvent));
        });
        int code = lesson.Run(new WpfLoop(new Application(), window));
        lesson.End();
        return code;
    }
}
