using System.Reflection;
using Fibula;
using GtkSharpProgram;

if (args is ["prices"])
{
    Screen.Show();
    return (int)Assembly.Load("PricesGtk").EntryPoint!.Invoke(null, [Array.Empty<string>()])!;
}

if (args is ["export"])
{
    Screen.Show();
    return ExportWindow.RunProgram();
}

if (args is ["refusing"])
{
    return RefusingWindow.RunProgram();
}

GLib.ExceptionManager.UnhandledException += e => Console.WriteLine($"GtkSharp was told: {((Exception)e.ExceptionObject).Message}");

// docs: main
Gtk.Application.Init();
UiApp app = new GLibLoop(
    quit: Gtk.Application.Quit,
    unhandled: error => GLib.ExceptionManager.RaiseUnhandledException(error, is_terminal: false)).UseFibula();
using var window = new PriceWindow();
window.Destroyed += (_, _) => app.Exit();
window.ShowAll();
Gtk.Application.Run();
// docs: end

Console.WriteLine($"{app.CloseReport!.LostCount} tasks were lost.");
return app.ExitCode;
