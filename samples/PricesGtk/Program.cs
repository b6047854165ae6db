using Fibula;
using Gtk;
using PricesGtk;

// docs: use
Application.Init();
var application = new Application("org.example.Prices", GLib.ApplicationFlags.None);
UiApp app = GtkHandles.UseFibula(application.Handle);
application.Activated += (_, _) =>
{
    var window = new PricesWindow(app);
    application.AddWindow(window);
    window.ShowAll();
};
return application.Run(0, "");
// docs: end
