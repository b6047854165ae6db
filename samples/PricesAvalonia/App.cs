using Avalonia.Controls.ApplicationLifetimes;

namespace PricesAvalonia;

/// <summary>The application, as it was before, but for one line.</summary>
public sealed class App : Application
{
    // docs: use
    public override void OnFrameworkInitializationCompleted()
    {
        var desktop = (IClassicDesktopStyleApplicationLifetime)ApplicationLifetime!;
        desktop.MainWindow = new PricesWindow(this.UseFibula());
    }
    // docs: end
}
