using System.Windows.Forms;

namespace Fibula.WindowsForms.TestPrograms;

/// <summary>The same with a task: it is queued until the message loop runs.</summary>
internal static class StartWithFibula
{
    public static void Run()
    {
        UiApp app = Application.UseFibula();
        using var form = new Form();
        Program.Say("The form is made.");
        app.Tasks.Run(async () =>
        {
            await Task.Delay(20);
            Program.Say("The prices are loaded.");
            form.Close();
        });
        Application.Run(form);
        Program.Say("The form is closed.");
    }
}
