using System.Windows;
using Fibula;

namespace PricesWpf;

/// <summary>The application, as it was before, but for one line.</summary>
public sealed class Program : Application
{
    [STAThread]
    public static int Main() => new Program().Run();

    // docs: use
    protected override void OnStartup(StartupEventArgs e)
    {
        base.OnStartup(e);
        UiApp app = this.UseFibula();
        new PricesWindow(app).Show();
    }
    // docs: end
}
