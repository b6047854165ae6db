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
        string apps = string.Join(" or ", elsewhere.Select(static other => $"'{other.App!.Tasks.Name}'"));
        if (apps.Length > 0)
        {
            return new InvalidOperationException(
                $"Tasks of '{view}' were asked for on a thread that is not the UI thread of {apps}. "
                + "Ask there: use Post, or 'await task.SwitchToUiAsync()' before. A further UI thread needs an app of its own.");
        }

        return new InvalidOperationException(_endedHere is var (loop, ended) && loop == typeof(TLoop)
            ? $"The app '{ended}' has ended, and owns no tasks of '{view}' any more. {toGoOn}"
            : $"There is no app that could own tasks of '{view}'. {toStart}");
    }

    // On its thread; from another, nobody who makes a view asks.
    private void NoteEndHere()
    {
        if (App is { } app && CheckAccess())
        {
            _endedHere = (GetType(), app.Tasks.Name);
        }
    }
}
