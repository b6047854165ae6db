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
        /// <remarks>Ask on the UI thread; the scope itself may be used from any. The last window of a GtkApplication stays on the screen until its tasks
        /// have ended; another closes at once, unless it calls <see cref="CloseAfterTasks"/>, and its tasks are told.</remarks>
        public TaskScope Tasks => GtkView.Of(widget).Tasks;
    }

    /// <inheritdoc cref="GtkHandles.CloseAfterTasks"/>
    public static void CloseAfterTasks(this IGtkWidget window, Func<Task<bool>>? mayClose = null)
    {
        ArgumentNullException.ThrowIfNull(window);
        GtkHandles.Wait(GtkView.Of(window), mayClose);
    }
}
