using Fibula;
using Forgotten;
using Terminal.Gui.App;

var ledger = new Ledger();
using var outside = new Outside(ledger);
using IApplication terminal = Application.Create();
UiApp app = terminal.UseFibula(options => options.OnFault = ledger.Tell);
terminal.Init(Screen.Driver);
AppDomain.CurrentDomain.UnhandledException += (_, e) =>
{
    // The toolkit rethrows an error of an async void handler inside another one.
    var error = (Exception)e.ExceptionObject;
    ledger.Print((error as AggregateException)?.InnerExceptions[0] ?? error);
    outside.Dispose();
};

using var window = new MainWindow(ledger, outside);
if (!Screen.IsThere)
{
    Script.Play(terminal, app, ledger);
}

terminal.Run(window);

terminal.Dispose();                // the screen is given back
ledger.Write($"{app.CloseReport}");
ledger.Print();
return app.ExitCode;
