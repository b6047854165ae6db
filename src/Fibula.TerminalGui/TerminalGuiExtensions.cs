using Fibula.Toolkits;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace Fibula;

/// <summary>What an existing Terminal.Gui program needs: one line where its application is made, and <c>this.Tasks</c> in its views.</summary>
public static class TerminalGuiExtensions
{
    extension(View view)
    {
        /// <summary>The view's own scope, gone with it: closed when its window stops, or when the view is disposed.</summary>
        /// <value>A child of its window's scope; for a window, a child of the app's. A window that is run again gets a new one. It is named after the
        /// view's <see cref="View.Id"/>, else after its type or, for a type of the toolkit, its title.</value>
        /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula"/>.</exception>
        /// <remarks>Ask on the UI thread; the scope itself may be used from any. A window stays on the screen until its tasks
        /// have ended, unless it calls <c>CloseAfterTasks(false)</c>.</remarks>
        public TaskScope Tasks => TerminalGuiLoop.Of(view)?.Scopes.Of(view) ?? ToolkitLoop.ScopeInTest(view)!;
    }

    /// <summary>Gives the application an owner for its tasks. Call it before <see cref="IApplication.Init"/>, and before a window is made.</summary>
    /// <param name="application">The application. The program initializes it and runs windows on it as before.</param>
    /// <param name="configure">Sets the hooks; null for none.</param>
    /// <param name="isMainWindow">Asked of each window that is run while no other is: true if its end is the end of the app. A program that runs a login
    /// window first, and then its main one, says so here. Null: the end of the first such window is the end of the app.</param>
    /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no view.</returns>
    /// <exception cref="InvalidOperationException">The application has an app already.</exception>
    /// <remarks>
    /// <para>From here on a signal, or an exception that ends the process, leaves the terminal as it was. An application that is initialized already works too,
    /// but then the mode of the terminal before that is not known: a signal in between, or an unhandled exception, leaves it raw.</para>
    /// <para>When the main window is asked to stop, the app is asked to exit: <see cref="UiAppOptions.OnExit"/> may refuse, and the
    /// window stays until all tasks have ended or were given up.</para>
    /// <para>Disposing the application ends the app immediately: tasks that still run are canceled, and not waited for.</para>
    /// </remarks>
    public static UiApp UseFibula(
        this IApplication application,
        Action<UiAppOptions>? configure = null,
        Func<IRunnable, bool>? isMainWindow = null) =>
        new TerminalGuiLoop(application, isMainWindow).UseFibula(configure);

    /// <summary>Makes the window wait for its tasks before it closes, whatever key or call asks it to stop: it stays on the screen, tells them, and
    /// closes once they have ended or were given up.</summary>
    /// <typeparam name="TWindow">A view that is run.</typeparam>
    /// <param name="window">The window.</param>
    /// <param name="mayClose">Asked on the UI thread, once however often the window is asked to stop meanwhile; false keeps it open, and nothing was
    /// canceled. Null closes without a question. An exception of the question is a fault, and counts as no.</param>
    /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula"/>.</exception>
    /// <remarks>Put the question here and not into <see cref="IRunnable.IsRunningChanging"/>, which the toolkit raises again for the real stop.</remarks>
    public static void CloseAfterTasks<TWindow>(this TWindow window, Func<Task<bool>>? mayClose)
        where TWindow : View, IRunnable
    {
        ArgumentNullException.ThrowIfNull(window);
        TerminalGuiLoop.Of(window)?.Windows.Of(window).WaitForTasks(mayClose);
    }

    /// <summary>Sets whether the window waits for its tasks before it closes, which is the default. To ask the user first, use the other overload.</summary>
    /// <typeparam name="TWindow">A view that is run.</typeparam>
    /// <param name="window">The window.</param>
    /// <param name="waits">False closes it immediately: its tasks are canceled, and not waited for. The window whose close ends the app
    /// waits in any case.</param>
    /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula"/>.</exception>
    public static void CloseAfterTasks<TWindow>(this TWindow window, bool waits)
        where TWindow : View, IRunnable
    {
        ArgumentNullException.ThrowIfNull(window);
        TerminalGuiLoop.Of(window)?.Windows.Of(window).WaitForTasks(waits);
    }
}
