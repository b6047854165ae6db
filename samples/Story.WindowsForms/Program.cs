using System.Windows.Forms;

namespace Story;

internal static class Program
{
    [STAThread]
    private static int Main()
    {
        using var form = new Form { Text = "Story" };
        var lesson = new Lesson(handler =>
        {
            var button = new Button { Text = "Go on" };
            form.Controls.Add(button);
            button.Click += (_, _) => handler();
            button.PerformClick();
        });
        int code = lesson.Run(new WindowsFormsLoop(form));
        lesson.End();
        return code;
    }
}
