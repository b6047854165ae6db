using Fibula.Toolkits;

namespace Fibula;

/// <summary>What an existing GTK program needs, by native handles, so that it works with every binding: one line where its application is made, and
/// the scope of each widget.</summary>
/// <remarks>Call everything on the UI thread; the scopes may be used from any.</remarks>
public static class GtkHandles
{
    /// <summary>Gives the application an owner for its tasks. Call it before the application runs, or in its <c>startup</c>.</summary>
    /// <param name="application">A <c>GtkApplication*</c>. The program runs it as before.</param>
    /// <param name="configure">Sets the hooks; null for none.</param>
    /// <param name="unhandled">Called with the exception of a fault nobody handled, where the binding has a handler for such; null for standard error.</param>
    /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no widget.</returns>
    /// <exception cref="InvalidOperationException">The application has an app already.</exception>
    /// <remarks>
    /// <para>When the last window of the application is asked to close, the app is asked to exit: <see cref="UiAppOptions.OnExit"/> may refuse,
    /// and the window stays until all tasks have ended or were given up.</para>
    /// <para>An end that cannot be refused (<c>g_application_quit</c>, the last window destroyed) is held back in the <c>shutdown</c> signal: the tasks are canceled,
    /// and the main context is iterated until they have ended or were given up.</para>
    /// </remarks>
    public static UiApp UseFibula(nint application, Action<UiAppOptions>? configure = null, Action<Exception>? unhandled = null) =>
        GLibLoop.BesideApplication(application, unhandled).UseFibula(configure);

    /// <summary>The widget's own scope, gone with it: closed when its window closes, or when the widget is destroyed.</summary>
    /// <param name="widget">A <c>GtkWidget*</c>.</param>
    /// <returns>A child of its window's scope; for a window, and a widget that is in none yet, a child of the app's. It is named after the widget's
    /// <c>name</c>; else after the title of a window, or the type.</returns>
    /// <exception cref="InvalidOperationException">There is no app on this thread.</exception>
    public static TaskScope TasksOf(nint widget) => GtkView.Of(widget).Tasks;

    /// <summary>Makes the window wait for its tasks before it closes: it stays on the screen, tells them, and closes once they have ended or were
    /// given up.</summary>
    /// <param name="window">A <c>GtkWindow*</c>.</param>
    /// <param name="mayClose">Asked on the UI thread, once however often the window is asked to close meanwhile; false keeps it open, and nothing was
    /// canceled. Null closes without a question. An exception of the question is a fault, and counts as no.</param>
    /// <exception cref="ArgumentException">The widget is no window.</exception>
    /// <exception cref="InvalidOperationException">There is no app on this thread.</exception>
    /// <remarks>This answers <c>close-request</c> (GTK 4) or <c>delete-event</c> (GTK 3). The program's own handlers and overrides are asked first: one that
    /// says no keeps the window. They are not asked again for the real close. Destroying the window closes it immediately.</remarks>
    public static void CloseAfterTasks(nint window, Func<Task<bool>>? mayClose) => ClosingOf(GtkView.Of(window)).WaitForTasks(mayClose);

    /// <summary>Sets whether the window waits for its tasks before it closes, which is the default. To ask the user first, use the other overload.</summary>
    /// <param name="window">A <c>GtkWindow*</c>.</param>
    /// <param name="waits">False closes it immediately: its tasks are canceled, and not waited for. The window whose close ends the app
    /// waits in any case.</param>
    /// <exception cref="ArgumentException">The widget is no window.</exception>
    /// <exception cref="InvalidOperationException">There is no app on this thread.</exception>
    public static void CloseAfterTasks(nint window, bool waits) => ClosingOf(GtkView.Of(window)).WaitForTasks(waits);

    internal static WindowClosing ClosingOf(GtkView window) =>
        window.Closing
        ?? throw new ArgumentException($"'{window.Name}' is no window. Give the GtkWindow that is to wait for its tasks.", nameof(window));
}
