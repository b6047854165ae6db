using System.Collections.Concurrent;
using System.Collections.ObjectModel;

namespace Fibula.Testing;

/// <summary>
/// What the <see cref="LoopConformance"/> suite needs of one toolkit: a fresh UI thread with a loop on it, and a hand for what users do there.
/// One host serves one case, which may run several apps one after the other.
/// </summary>
/// <remarks>
/// <para><b>Threads.</b> The suite calls from the thread pool; <see cref="RunNestedLoop"/> from the UI thread.</para>
/// <para><b>Errors.</b> What leaves the app's <see cref="UiApp.Run"/> or <see cref="UiApp.Attach"/> is the error of <see cref="RunAsync"/>.</para>
/// </remarks>
public abstract class LoopHost
{
    private readonly ConcurrentQueue<Exception> _unhandledErrors = new();

    /// <summary>The loop's name in the results, for example <c>EventLoop</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What this loop lacks, each with the reason: a sentence for the table.</summary>
    /// <value>Default: nothing.</value>
    public virtual IReadOnlyDictionary<LoopFeature, string> Lacks => ReadOnlyDictionary<LoopFeature, string>.Empty;

    /// <summary>The errors that came out where the toolkit's own unhandled exceptions do.</summary>
    public IReadOnlyCollection<Exception> UnhandledErrors => _unhandledErrors;

    /// <summary>Makes a loop on a new UI thread and runs the app there.</summary>
    /// <param name="app">The app.</param>
    /// <returns>A task that ends when the app has left and the UI thread is done; its error is what came out of the app's start.</returns>
    public abstract Task RunAsync(UiApp app);

    /// <summary>Sends a real key or click to the program. Needs <see cref="LoopFeature.Input"/>.</summary>
    /// <param name="received">To be called by the toolkit's own handler, on the UI thread.</param>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual void InjectInput(Action received) => throw Missing(LoopFeature.Input);

    /// <summary>Makes something on the screen stale. Needs <see cref="LoopFeature.Paint"/>.</summary>
    /// <returns>A task that ends when it has been painted again.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual Task RepaintAsync() => throw Missing(LoopFeature.Paint);

    /// <summary>Pumps inside the calling callback, as a modal dialog does. Needs <see cref="LoopFeature.NestedLoops"/>.</summary>
    /// <param name="until">The dialog closes when this has ended.</param>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual void RunNestedLoop(Task until) => throw Missing(LoopFeature.NestedLoops);

    /// <summary>Makes the toolkit end its loop by itself: the last window is closed, the toolkit's own exit is called.
    /// Needs <see cref="LoopFeature.HeldEnd"/> or <see cref="LoopFeature.SuddenEnd"/>.</summary>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual void EndByItself() => throw Missing(LoopFeature.SuddenEnd);

    /// <summary>The ways in which the toolkit ends its loop by itself, each with a name. Those that ask nobody count as well.</summary>
    /// <value>Default: one, which is <see cref="EndByItself"/>.</value>
    public virtual IReadOnlyList<string> WaysToEnd => ["by itself"];

    /// <summary>Makes the toolkit end its loop by itself, in one of several ways.</summary>
    /// <param name="way">One of <see cref="WaysToEnd"/>.</param>
    /// <exception cref="NotSupportedException">The host does not override <see cref="EndByItself"/>.</exception>
    public virtual void EndBy(string way) => EndByItself();

    /// <summary>Does what the system does when the user logs off. It must come as the system's own message does, outside the turns of the loop.
    /// Needs <see cref="LoopFeature.SessionEnd"/>.</summary>
    /// <param name="returned">To be called on the UI thread as soon as the toolkit's event has returned, with false if the program has refused.</param>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual void EndSession(Action<bool> returned) => throw Missing(LoopFeature.SessionEnd);

    /// <summary>Finds the window whose close ends the loop. Needs <see cref="LoopFeature.Windows"/> and <see cref="LoopFeature.HeldEnd"/>.</summary>
    /// <returns>The window, once it is shown.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual Task<LoopWindow> FindMainWindowAsync() => throw Missing(LoopFeature.HeldEnd);

    /// <summary>Opens a modal window with a scope of its own. Needs <see cref="LoopFeature.ModalWindows"/>.</summary>
    /// <param name="name">The window's name, and so that of its scope.</param>
    /// <param name="beforeItIsShown">Called on the UI thread when the window has its scope and is not shown yet; null for nothing.</param>
    /// <returns>The window, once it is shown.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual Task<LoopWindow> OpenModalWindowAsync(string name, Action<LoopWindow>? beforeItIsShown = null) => throw Missing(LoopFeature.ModalWindows);

    /// <summary>Opens a window with a scope of its own. Needs <see cref="LoopFeature.Windows"/>.</summary>
    /// <param name="name">The window's name, and so that of its scope.</param>
    /// <param name="mayClose">Asked when the window is to close, on the UI thread; null for no question.</param>
    /// <returns>The window, once it is shown.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual Task<LoopWindow> OpenWindowAsync(string name, Func<Task<bool>>? mayClose = null) => throw Missing(LoopFeature.Windows);

    /// <summary>Opens a window that the toolkit closes together with another. Needs <see cref="LoopFeature.OwnedWindows"/>.</summary>
    /// <param name="owner">The other window, of the same host.</param>
    /// <param name="name">The window's name, and so that of its scope.</param>
    /// <returns>The window, once it is shown.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual Task<LoopWindow> OpenOwnedWindowAsync(LoopWindow owner, string name) => throw Missing(LoopFeature.OwnedWindows);

    /// <summary>Makes a view that is in no window yet. Called on the UI thread. Needs <see cref="LoopFeature.Views"/>.</summary>
    /// <param name="name">The view's name, and so that of its scope.</param>
    /// <returns>The view.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual LoopView MakeView(string name) => throw Missing(LoopFeature.Views);

    /// <summary>Makes the toolkit's ready list of tasks, which is in no window yet. Called on the UI thread. Needs <see cref="LoopFeature.Panels"/>.</summary>
    /// <param name="scope">Whose tasks it lists.</param>
    /// <returns>The list.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual LoopPanel MakePanel(TaskScope scope) => throw Missing(LoopFeature.Panels);

    /// <summary>Finds the adapter's ready dialogs on the screen. Called on the UI thread. Needs <see cref="LoopFeature.Dialogs"/>.</summary>
    /// <returns>Those that a user can answer; none if nothing is asked.</returns>
    /// <exception cref="NotSupportedException">The host does not override the method.</exception>
    public virtual IReadOnlyList<LoopDialog> FindDialogs() => throw Missing(LoopFeature.Dialogs);

    /// <summary>Runs a toolkit on a thread of its own.</summary>
    /// <param name="body">Ends when the toolkit's loop has.</param>
    /// <returns>A task that ends with the thread, with the error that left <paramref name="body"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    protected Task RunOnUiThread(Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                body();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        })
        {
            IsBackground = true,
            Name = Name,
        };
        // Windows' toolkits insist; elsewhere it says no, and nobody minds.
        thread.TrySetApartmentState(ApartmentState.STA);
        thread.Start();
        return ended.Task;
    }

    /// <summary>To be called with what arrives at the toolkit's handler of unhandled exceptions.</summary>
    /// <param name="error">The exception.</param>
    protected void AddUnhandledError(Exception error) => _unhandledErrors.Enqueue(error);

    /// <summary>Returns the errors once; those that are left at the end break the promise.</summary>
    internal IReadOnlyList<Exception> TakeUnhandledErrors()
    {
        var taken = new List<Exception>();
        while (_unhandledErrors.TryDequeue(out Exception? error))
        {
            taken.Add(error);
        }

        return taken;
    }

    private NotSupportedException Missing(LoopFeature feature) =>
        new($"{GetType().Name} does not say how its toolkit does {feature}. Override the method, or name the feature in Lacks.");
}
