using Avalonia;
using Avalonia.Threading;

namespace Fibula;

/// <summary>What an existing Avalonia program needs: one line in its application, and <c>this.Tasks</c> in its controls.</summary>
public static class AvaloniaExtensions
{
    /// <summary>Gives the application an owner for its tasks. Call it in <see cref="Application.OnFrameworkInitializationCompleted"/>, before a window is made.</summary>
    /// <param name="application">The application. The program goes on starting its lifetime as before.</param>
    /// <param name="configure">Sets the hooks; null for none.</param>
    /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no control.</returns>
    public static UiApp UseFibula(this Application application, Action<UiAppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        return new AvaloniaLoop(Dispatcher.UIThread, application.ApplicationLifetime).UseFibula(configure);
    }
}
