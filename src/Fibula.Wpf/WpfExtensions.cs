using System.Windows;
using System.Windows.Threading;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>What an existing WPF program needs: one line in its application, and <c>this.Tasks</c> in its windows and controls.</summary>
public static class WpfExtensions
{
    extension(FrameworkElement element)
    {
        /// <summary>The element's own scope, gone with it: closed when its window closes, or when the element is taken out of the window.</summary>
        /// <value>A child of its window's scope; for a window, and an element that is in none yet, a child of the app's. A control that is put in again gets
        /// a new one; a tab that is switched away from keeps its own. It is named after the element's <see cref="FrameworkElement.Name"/>, else after
        /// its type or, for a window of the toolkit's type, its title.</value>
        /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula(Application, Action{UiAppOptions})"/>, or this is not its thread.</exception>
        /// <remarks>Ask on the UI thread; the scope itself may be used from any. A window stays on the screen until its tasks
        /// have ended, unless it calls <c>CloseAfterTasks(false)</c>. What <c>RunWhileShown</c> has started goes on while the window is minimized.</remarks>
        public TaskScope Tasks => WpfLoop.Of(element)?.Scopes.Of(element) ?? ToolkitLoop.ScopeInTest(element)!;
    }

    /// <summary>Gives the application an owner for its tasks. Call it in <see cref="Application.OnStartup"/>, before a window is made.</summary>
    /// <param name="application">The application, on its own thread. The program runs it as before.</param>
    /// <param name="configure">Sets the hooks; null for none.</param>
    /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no element.</returns>
    /// <exception cref="InvalidOperationException">The application has an app already.</exception>
    /// <remarks>
    /// <para>When the window is asked to close whose close ends the application, the app is asked to exit: <see cref="UiAppOptions.OnExit"/> may
    /// refuse, and the window stays until all tasks have ended or were given up.</para>
    /// <para>An end that cannot be refused (<see cref="Application.Shutdown()"/>, the end of the dispatcher) is held back after the windows have closed: the
    /// tasks are canceled, and the dispatcher runs until they have ended or were given up.</para>
    /// <para>When the user logs off, <see cref="UiAppOptions.OnExit"/> is called with <see cref="ExitCause.SessionEnding"/> and cannot refuse. A handler of
    /// <see cref="Application.SessionEnding"/> that may refuse has to be added before this call.</para>
    /// </remarks>
    public static UiApp UseFibula(this Application application, Action<UiAppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        return new WpfLoop(application.Dispatcher, application).UseFibula(configure);
    }

    /// <summary>Gives a second UI thread, with a window of its own, an app that is joined to a scope of the first. Call it on that thread, before its window
    /// is made and before <see cref="Dispatcher.Run"/>.</summary>
    /// <param name="dispatcher">The dispatcher of the calling thread.</param>
    /// <param name="owner">The scope on the first thread; see <see cref="UiAppOptions.Owner"/>.</param>
    /// <param name="configure">Sets the name and the hooks; null for none.</param>
    /// <returns>The app of the thread.</returns>
    /// <exception cref="InvalidOperationException">The dispatcher has an app already.</exception>
    /// <remarks>When the owner closes, the tasks of the thread are canceled and waited for, its windows close, and the dispatcher shuts down. When the window is closed,
    /// the program shuts it down itself, as without Fibula; its tasks are waited for then too.</remarks>
    public static UiApp UseFibula(this Dispatcher dispatcher, TaskScope owner, Action<UiAppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        ArgumentNullException.ThrowIfNull(owner);
        return new WpfLoop(dispatcher, application: null).UseFibula(options =>
        {
            options.Owner = owner;
            configure?.Invoke(options);
        });
    }

    /// <summary>Makes the window wait for its tasks before it closes: it stays on the screen, tells them, and closes once they have ended or were
    /// given up.</summary>
    /// <param name="window">The window.</param>
    /// <param name="mayClose">Asked on the UI thread, once however often the window is asked to close meanwhile; false keeps it open, and nothing was
    /// canceled. Null closes without a question. An exception of the question is a fault, and counts as no.</param>
    /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula(Application, Action{UiAppOptions})"/>, or this is not its thread.</exception>
    /// <remarks>Put the question here and not into <see cref="Window.Closing"/>, which the toolkit raises again for the real close. Any handler of that event
    /// that says no is heard first. WPF asks only the owner of a window: the owner waits for the tasks of its windows too, and does not ask their questions.</remarks>
    public static void CloseAfterTasks(this Window window, Func<Task<bool>>? mayClose)
    {
        ArgumentNullException.ThrowIfNull(window);
        WpfLoop.Of(window)?.Windows.Of(window).WaitForTasks(mayClose);
    }

    /// <summary>Sets whether the window waits for its tasks before it closes, which is the default. To ask the user first, use the other overload.</summary>
    /// <param name="window">The window.</param>
    /// <param name="waits">False closes it immediately: its tasks are canceled, and not waited for. The window whose close ends the app
    /// waits in any case.</param>
    /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula(Application, Action{UiAppOptions})"/>, or this is not its thread.</exception>
    public static void CloseAfterTasks(this Window window, bool waits)
    {
        ArgumentNullException.ThrowIfNull(window);
        WpfLoop.Of(window)?.Windows.Of(window).WaitForTasks(waits);
    }
}
