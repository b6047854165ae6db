using Gtk;

namespace GtkSharpProgram;

/// <summary>Answers what the standard input asks about the windows of this process, as soon as there is an answer: what a test knows of the screen.</summary>
internal static class Screen
{
    private const uint Milliseconds = 10;

    public static void Show()
    {
        var reader = new Thread(Read) { IsBackground = true };
        reader.Start();
    }

    private static void Read()
    {
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split('|');
            GLib.Timeout.Add(Milliseconds, () => !Answers(words[0], words[1], words[2]));
        }
    }

    private static bool Answers(string question, string title, string text)
    {
        Window? window = Shown(title);
        Widget? shown = window is null ? null : Below(window).FirstOrDefault(widget => TextOf(widget).Contains(text, StringComparison.Ordinal));
        string? answer = question switch
        {
            "sees" when shown is not null => TextOf(shown),
            "sees no more" when window is null => title,
            "where" when shown is not null => PlaceOf(shown),
            "close" when window is not null => Close(window),
            "close until there is" when window is not null => Shown(text) is { } other ? other.Title : CloseAndLookAgain(window),
            _ => null,
        };
        if (answer is not null)
        {
            Console.WriteLine(answer);
        }

        return answer is not null;
    }

    private static Window? Shown(string title) => Window.ListToplevels().FirstOrDefault(known => known.IsMapped && known.Title == title);

    private static string? CloseAndLookAgain(Window window)
    {
        Close(window);
        return null;
    }

    private static string Close(Window window)
    {
        PriceWindow.CloseAsTheButtonDoes(window.Handle);
        return window.Title;
    }

    private static string PlaceOf(Widget widget)
    {
        Gdk.Display.Default.Sync();
        widget.Window.GetOrigin(out int x, out int y);
        return $"{x + widget.Allocation.X + (widget.AllocatedWidth / 2)} {y + widget.Allocation.Y + (widget.AllocatedHeight / 2)}";
    }

    private static string TextOf(Widget widget) => widget switch
    {
        Button button => button.Label,
        Label label => label.Text,
        _ => null,
    } ?? "";

    private static IEnumerable<Widget> Below(Container container) =>
        container.Children.SelectMany(child => child is Container inner ? Below(inner).Prepend(child) : [child]);
}
