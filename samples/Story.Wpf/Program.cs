using System.Windows;
using System.Windows.Controls;
using System.Windows.Controls.Primitives;
using Fibula;

namespace Story;

internal static class Program
{
    [STAThread]
    private static int Main()
    {
        var application = new Application();
        var window = new Window { Title = "Story" };
        var lesson = new Lesson(handler => Click(window, handler));
        int code = lesson.Run(new WpfLoop(application, window));
        lesson.End();
        return code;
    }

    private static void Click(Window window, Action handler)
    {
        var button = new Button { Content = "Go on" };
        window.Content = button;
        button.Click += (_, _) => handler();
        button.RaiseEvent(new RoutedEventArgs(ButtonBase.ClickEvent));
    }
}
