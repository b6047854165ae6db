using Avalonia;
using Avalonia.Controls;
using Avalonia.Threading;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>What an existing Avalonia program needs: one line in its application, and <c>this.Tasks</c> in its controls.</summary>
public static class AvaloniaExtensions
{
    extension(Control control)
    {
        /// <summary>The control's own scope, gone with it: closed when its window closes, or when the control is taken out of the window.</summary>
        /// <value>A child of its window's scope; for a window, and a control that is in none yet, a child of the app's. A control that is put in again gets
        /// a new one; a tab that is switched away from keeps its own. It is named after the control's <see cref="StyledElement.Name"/>, else after its
        /// type or, for a window of the toolkit's type, its title.</value>
        /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula"/>, or this is not its thread.</exception>
        /// <remarks>Ask on the UI thread; the scope itself may be used from any. A window stays on the screen until its tasks
        /// have ended, unless it calls <c>CloseAfterTasks(false)</c>. What <c>RunWhileShown</c> has started goes on while the window is minimized.</remarks>
        public TaskScope Tasks => AvaloniaLoop.Of(control)?.Scopes.Of(control) ?? ToolkitLoop.ScopeInTest(control)!;
    }

    /// <summary>Gives the application an owner for its tasks. Call it in <see cref="Application.OnFrameworkInitializationCompleted"/>, before a window is made.</summary>
    /// <param name="application">The application. The program starts its lifetime as before.</param>
    /// <param name="configure">Sets the hooks; null for none.</param>
    /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no control.</returns>
    /// <exception cref="InvalidOperationException">The application has an app already.</exception>
    /// <remarks>
    /// <para>When the window is asked to close whose close ends the lifetime, or <c>TryShutdown</c> is called, the app is asked to exit:
    /// <see cref="UiAppOptions.OnExit"/> may refuse, and the window stays until all tasks have ended or were given up.</para>
    /// <para>An end that cannot be refused (<c>Shutdown</c>, the end of the dispatcher) is held back after the windows have closed: the tasks are canceled, and
    /// the dispatcher runs until they have ended or were given up.</para>
    /// <para>When the user logs off, <see cref="UiAppOptions.OnExit"/> is called with <see cref="ExitCause.SessionEnding"/> and cannot refuse.</para>
    /// </remarks>
    public static UiApp UseFibula(this Application application, Action<UiAppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        return new AvaloniaLoop(Dispatcher.UIThread, application.ApplicationLifetime).UseFibula(configure);
    }

    /// <summary>Makes the window wait for its tasks before it closes: it stays on the screen, tells them, and closes once they have ended or were
    /// given up.</summary>
    /// <param name="window">The window.</param>
    /// <param name="mayClose">Asked on the UI thread, once however often the window is asked to close meanwhile; false keeps it open, and nothing was
    /// canceled. Null closes without a question. An exception of the question is a fault, and counts as no.</param>
    /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula"/>, or this is not its thread.</exception>
    /// <remarks>Put the question here and not into <see cref="Window.Closing"/>, which the toolkit raises again for the real close. Any handler of that event
    /// that refuses is called first; a handler added in the callback that closes the window may be called again. An owner waits for the tasks of its
    /// windows too, and a window with a question of its own is asked before its owner closes.</remarks>
    public static void CloseAfterTasks(this Window window, Func<Task<bool>>? mayClose)
    {
        ArgumentNullException.ThrowIfNull(window);
        AvaloniaLoop.Of(window)?.Windows.Of(window).WaitForTasks(mayClose);
    }

    /// <summary>Sets whether the window waits for its tasks before it closes, which is the default. To ask the user first, use the other overload.</summary>
    /// <param name="window">The window.</param>
    /// <param name="waits">False closes it immediately: its tasks are canceled, and not waited for. The window whose close ends the app
    /// waits in any case.</param>
    /// <exception cref="InvalidOperationException">The application has not been given to <see cref="UseFibula"/>, or this is not its thread.</exception>
    public static void CloseAfterTasks(this Window window, bool waits)
    {
        ArgumentNullException.ThrowIfNull(window);
        AvaloniaLoop.Of(window)?.Windows.Of(window).WaitForTasks(waits);
    }
}
