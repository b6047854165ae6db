using System.Windows.Forms;
using Fibula.Toolkits;

namespace Fibula;

/// <summary>What an existing Windows Forms program needs: one line in <c>Main</c>, and <c>this.Tasks</c> in its forms and controls.</summary>
public static class WindowsFormsExtensions
{
    extension(Application)
    {
        /// <summary>Gives the program an owner for its tasks. Call it in <c>Main</c>, before a form is created; the program calls
        /// <see cref="Application.Run(Form)"/> as before.</summary>
        /// <param name="configure">Sets the hooks; null for none.</param>
        /// <param name="isMainForm">Tells which form's end is the end of the app; null for the one that <see cref="Application.Run(Form)"/>
        /// is given. Where that has none, it is the form that is open when the message loop first has nothing to do, the oldest if there are several. A
        /// program without a form, in the notification area, has none.</param>
        /// <returns>The app: its <see cref="UiApp.Tasks"/> own what belongs to no control.</returns>
        /// <exception cref="InvalidOperationException">The thread has an app already.</exception>
        /// <remarks>
        /// <para>When the main form is to close, or <see cref="Application.Exit()"/> is called, the app is asked to exit: <see cref="UiAppOptions.OnExit"/>
        /// may refuse, and the form stays until all tasks have ended or were given up.</para>
        /// <para>An end that asks no form (<see cref="Application.ExitThread"/>, <see cref="ApplicationContext.ExitThread"/>) is held back as well, after
        /// the forms are gone: the tasks are canceled and waited for, and nobody is asked.</para>
        /// <para>The app exits with the first <see cref="Application.Run(Form)"/> after this. If that runs a login form, name the later main form with
        /// <paramref name="isMainForm"/>: the app then runs until the end of that form.</para>
        /// </remarks>
        public static UiApp UseFibula(Action<UiAppOptions>? configure = null, Func<Form, bool>? isMainForm = null) =>
            WindowsFormsLoop.OfThisThread is null
                ? new WindowsFormsLoop(context: null, isMainForm).UseFibula(configure)
                : throw new InvalidOperationException("This thread has an app already. Call Application.UseFibula() once, in Main.");
    }

    extension(Control control)
    {
        /// <summary>The control's own scope, gone with it: closed when its form closes, or when the control is disposed.</summary>
        /// <value>A child of its form's scope; for a form, and a control that is in none yet, a child of the app's. A dialog that is shown again gets a
        /// new one. It is named after the control's <see cref="Control.Name"/>, else after its type or, for a type of the toolkit, its text.</value>
        /// <exception cref="InvalidOperationException">There is no app on this thread.</exception>
        /// <remarks>Ask on the UI thread; the scope itself may be used from any. A form stays on the screen until its tasks
        /// have ended, unless it calls <c>CloseAfterTasks(false)</c>. What <c>RunWhileShown</c> has started goes on while the form is minimized.</remarks>
        public TaskScope Tasks => WindowsFormsLoop.Of(control)?.Scopes.Of(control) ?? ToolkitLoop.ScopeInTest(control)!;
    }

    /// <summary>Makes the form wait for its tasks before it closes, whatever click or call closes it: it stays on the screen, tells them, and closes once
    /// they have ended or were given up.</summary>
    /// <param name="form">The form, a dialog too.</param>
    /// <param name="mayClose">Asked on the UI thread, once however often the form is to close meanwhile; false keeps it open, and nothing was
    /// canceled. Null closes without a question. An exception of the question is a fault, and counts as no.</param>
    /// <exception cref="InvalidOperationException">There is no app on this thread.</exception>
    /// <remarks><para>Put the question here and not into <see cref="Form.FormClosing"/>, which the toolkit raises again for the real close. Any handler of that
    /// event that says no is heard first. An owner or MDI parent waits for the tasks of its forms too, and a form with a question of its own is asked before
    /// its owner closes.</para>
    /// <para>A close that comes neither from the title bar nor from <see cref="Form.Close"/> counts as the task manager's (<c>WM_CLOSE</c> without
    /// <c>SC_CLOSE</c>, as another program sends it): a form that is not the main one is not held back then.</para></remarks>
    public static void CloseAfterTasks(this Form form, Func<Task<bool>>? mayClose)
    {
        ArgumentNullException.ThrowIfNull(form);
        WindowsFormsLoop.Of(form)?.Forms.Of(form).WaitForTasks(mayClose);
    }

    /// <summary>Sets whether the form waits for its tasks before it closes, which is the default. To ask the user first, use the other overload.</summary>
    /// <param name="form">The form.</param>
    /// <param name="waits">False closes it immediately: its tasks are canceled, and not waited for. The form whose close ends the app
    /// waits in any case.</param>
    /// <exception cref="InvalidOperationException">There is no app on this thread.</exception>
    public static void CloseAfterTasks(this Form form, bool waits)
    {
        ArgumentNullException.ThrowIfNull(form);
        WindowsFormsLoop.Of(form)?.Forms.Of(form).WaitForTasks(waits);
    }
}
