using Fibula;
using GtkSharpProgram;

MonoLibraries.Register();
Gtk.Application.Init();
GLib.ExceptionManager.UnhandledException += e => Console.WriteLine($"GtkSharp was told: {((Exception)e.ExceptionObject).Message}");
UiApp app = new GLibLoop(Gtk.Application.Quit, error => GLib.ExceptionManager.RaiseUnhandledException(error, is_terminal: false)).UseFibula();
using var window = new PriceWindow();
window.Destroyed += (_, _) =>
{
    app.Tasks.Run(() => throw new InvalidOperationException("no network"));
    app.Exit();
};
window.ShowAll();
Gtk.Application.Run();
Console.WriteLine($"{app.CloseReport!.LostCount} tasks were lost.");
return app.ExitCode;
