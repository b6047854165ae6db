using Avalonia;
using Avalonia.Controls.ApplicationLifetimes;
using Fibula;

namespace PricesAvalonia;

/// <summary>The application, as it was before, but for one line.</summary>
public sealed class App : Application
{
    // docs: use
    public override void OnFrameworkInitializationCompleted()
    {
        UiApp app = this.UseFibula();
        if (ApplicationLifetime is IClassicDesktopStyleApplicationLifetime desktop)
        {
            desktop.MainWindow = new PricesWindow(app);
        }

        base.OnFrameworkInitializationCompleted();
    }
    // docs: end
}
