using System.Windows.Forms;

namespace Fibula.WindowsForms.TestPrograms;

/// <summary>Awaits between the first form and the message loop. The form has installed the toolkit's context: what is awaited comes back by a message, which
/// only the loop would bring, which only what is awaited would start.</summary>
internal static class StartByHand
{
    public static async Task MainAsync()
    {
        using var form = new Form();
        form.Shown += (_, _) => form.Close();
        Program.Say("The form is made.");
        await Task.Delay(20);
        Program.Say("The prices are loaded.");
        Application.Run(form);
        Program.Say("The form is closed.");
    }
}
