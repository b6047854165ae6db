using Fibula;
using Gtk;

namespace GtkSharpProgram;

/// <summary>A window whose handler of <c>DeleteEvent</c>, added as the binding adds handlers, says no to the first close.</summary>
internal sealed class RefusingWindow : Window, IGtkWidget
{
    private int _asked;

    private RefusingWindow()
        : base("Import")
    {
        BackgroundTask task = this.Tasks.Run(async token =>
        {
            await new TaskCompletionSource().Task.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Console.WriteLine("Saved.");
        });
        DeleteEvent += (_, e) =>
        {
            e.RetVal = ++_asked == 1;
            Console.WriteLine($"Asked {_asked}.");
        };
        Destroyed += (_, _) => Console.WriteLine("The window is closed.");
        GLib.Idle.Add(() =>
        {
            PriceWindow.CloseAsTheButtonDoes(Handle);
            GLib.Idle.Add(() =>
            {
                Console.WriteLine(task.State);
                PriceWindow.CloseAsTheButtonDoes(Handle);
                return false;
            });
            return false;
        });
    }

    /// <summary>Runs a program with such a window.</summary>
    public static int RunProgram()
    {
        Application.Init();
        UiApp app = new GLibLoop(quit: Application.Quit).UseFibula();
        using var window = new RefusingWindow();
        window.Destroyed += (_, _) => app.Exit();
        window.ShowAll();
        Application.Run();
        return app.CloseReport!.LostCount;
    }
}
