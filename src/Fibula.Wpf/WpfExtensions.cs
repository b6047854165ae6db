using System.Windows;

namespace Fibula;

/// <summary>What an existing WPF program needs: one line in its application, and <c>this.Tasks</c> in its windows and controls.</summary>
public static class WpfExtensions
{
    /// <summary>Gives the application an owner for its tasks. Call it in <see cref="Application.OnStartup"/>, before a window is made.</summary>
    /// <param name="application">The application, on its own thread. The program goes on running it as before.</param>
    /// <param name="configure">Sets the hooks; null for none.</param>
    /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no control.</returns>
    public static UiApp UseFibula(this Application application, Action<UiAppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        return new WpfLoop(application, timeProvider: null).UseFibula(configure);
    }
}
