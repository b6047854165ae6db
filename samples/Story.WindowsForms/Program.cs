using System.Windows.Forms;
using Fibula;

namespace Story;

internal static class Program
{
    [STAThread]
    private static int Main()
    {
        using var form = new Form { Text = "Story" };
        var lesson = new Lesson(handler => Click(form, handler));
        int code = lesson.Run(new WindowsFormsLoop(form));
        lesson.End();
        return code;
    }

    private static void Click(Form form, Action handler)
    {
        var button = new Button { Text = "Go on" };
        form.Controls.Add(button);
        button.Click += (_, _) => handler();
        button.PerformClick();
    }
}
