namespace Fibula;

/// <content>For adapters: why no app can own the tasks of a view.</content>
public abstract partial class UiLoop
{
    // The last loop of the thread that has ended with its app: its type, and the name of the app.
    [ThreadStatic]
    private static (Type Loop, string App)? _endedHere;

    /// <summary>Says why no app can own tasks of a view here: there is one, but on another UI thread; it has ended; or there is none.</summary>
    /// <typeparam name="TLoop">The adapter's own loop.</typeparam>
    /// <param name="view">What people call the view.</param>
    /// <param name="elsewhere">The loops that may be the view's, of which the calling thread is not the UI thread; see <see cref="WithApp"/>.</param>
    /// <param name="toStart">A sentence that says how a program of the toolkit gets an app.</param>
    /// <param name="toGoOn">A sentence that says what ends an app of the toolkit, and how it lives longer.</param>
    /// <returns>The exception to throw.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    protected static InvalidOperationException NoAppFor<TLoop>(string view, IEnumerable<TLoop> elsewhere, string toStart, string toGoOn)
        where TLoop : UiLoop
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(elsewhere);
        ArgumentNullException.ThrowIfNull(toStart);
        ArgumentNullException.ThrowIfNull(toGoOn);
        if (_endedHere is var (loop, ended) && loop == typeof(TLoop))
        {
            return new InvalidOperationException($"The app '{ended}' has ended, and owns no tasks of '{view}' any more. {toGoOn}");
        }

        string apps = string.Join(" or ", elsewhere.Select(static other => $"'{other.Owner!.Name}'"));
        return new InvalidOperationException(apps.Length > 0
            ? $"Tasks of '{view}' were asked for on a thread that is not the UI thread of {apps}. "
                + "Ask there: use Post, or 'await task.SwitchToUiAsync()' before. A further UI thread needs an app of its own."
            : $"There is no app that could own tasks of '{view}'. {toStart}");
    }

    // Only on its own thread: nobody makes a view on another. Not on a thread of the pool, which belongs to nobody once the loop has ended.
    private void NoteEndHere()
    {
        if (Owner is { } app && CheckAccess() && !Thread.CurrentThread.IsThreadPoolThread)
        {
            _endedHere = (GetType(), app.Name);
        }
    }
}
