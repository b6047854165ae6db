using Fibula;
using Terminal.Gui.App;
using TerminalWindow;

using IApplication terminal = Application.Create();
UiApp app = terminal.UseFibula(options => options.Name = "TerminalWindow");
terminal.Init();
using var window = new SumWindow(app);
terminal.Run(window);
return app.ExitCode;
