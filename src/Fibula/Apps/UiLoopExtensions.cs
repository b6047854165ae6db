namespace Fibula;

/// <summary>The one line for a program that has its own application object, on the loops that have no adapter of their own.</summary>
/// <example>
/// <code source="tests/Fibula.Tests/Loops/ForeignContextTests.cs#use">
/// var loop = new SynchronizationContextLoop(SynchronizationContext.Current!, Thread.CurrentThread);
/// UiApp app = loop.UseFibula(options => options.OnRunning = LoadAsync);
/// </code>
/// </example>
public static class UiLoopExtensions
{
    extension(UiLoop loop)
    {
        /// <summary>The app that runs on this loop; its root scope owns the tasks that have no other owner. Null before an app was attached.</summary>
        /// <exception cref="ArgumentNullException">The loop is null.</exception>
        public UiApp? App
        {
            get
            {
                ArgumentNullException.ThrowIfNull(loop);
                return (UiApp?)loop.Owner;
            }
        }
    }

    /// <summary>Attaches an app to a loop its host runs: the order of start, the owned tasks, and the exit are then the same as everywhere.</summary>
    /// <param name="loop">A loop that nobody uses yet.</param>
    /// <param name="configure">Sets the hooks; null for none.</param>
    /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no window.</returns>
    /// <exception cref="InvalidOperationException">The loop has an app already.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="loop"/> is null.</exception>
    public static UiApp UseFibula(this UiLoop loop, Action<UiAppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        var options = new UiAppOptions();
        configure?.Invoke(options);
        var app = new UiApp(options);
        app.Attach(loop);
        return app;
    }
}
