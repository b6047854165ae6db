namespace Fibula;

/// <summary>The same words as on every toolkit, for the program's own widget classes.</summary>
public static class GtkExtensions
{
    extension(IGtkWidget widget)
    {
        /// <summary>The widget's own scope, gone with it: closed when its window closes, or when the widget is destroyed.</summary>
        /// <value>A child of its window's scope; for a window, and a widget that is in none yet, a child of the app's. It is named after the widget's
        /// <c>name</c>, else after its class.</value>
        /// <exception cref="InvalidOperationException">There is no app on this thread.</exception>
        /// <exception cref="ObjectDisposedException">The widget has no native object any more.</exception>
        /// <remarks>Ask on the UI thread; the scope itself may be used from any. A window stays on the screen until its tasks
        /// have ended, unless it calls <c>CloseAfterTasks(false)</c>.</remarks>
        public TaskScope Tasks => GtkView.Of(widget).Tasks;
    }

    /// <inheritdoc cref="GtkHandles.CloseAfterTasks(nint, Func{Task{bool}})"/>
    public static void CloseAfterTasks(this IGtkWidget window, Func<Task<bool>>? mayClose)
    {
        ArgumentNullException.ThrowIfNull(window);
        GtkHandles.ClosingOf(GtkView.Of(window)).WaitForTasks(mayClose);
    }

    /// <inheritdoc cref="GtkHandles.CloseAfterTasks(nint, bool)"/>
    public static void CloseAfterTasks(this IGtkWidget window, bool waits)
    {
        ArgumentNullException.ThrowIfNull(window);
        GtkHandles.ClosingOf(GtkView.Of(window)).WaitForTasks(waits);
    }
}
