using PricesGtk;

// docs: use
Application.Init();
var application = new Application("org.example.Prices", GLib.ApplicationFlags.None);
UiApp app = GtkHandles.UseFibula(application.Handle);
application.Activated += (_, _) => new PricesWindow(app) { Application = application }.ShowAll();
return application.Run(0, "");
// docs: end
