namespace Fibula.Testing;

/// <summary>One window of a toolkit, as the <see cref="LoopConformance"/> suite sees it.</summary>
/// <remarks><b>Threads.</b> <see cref="Title"/>, <see cref="TakesInput"/>, <see cref="SetShown"/>, <see cref="CloseAfterTasks"/>, <see cref="AskForTasks"/>,
/// <see cref="Close"/>, <see cref="AddClosingHandler"/> and <see cref="Minimize"/> are used on the UI thread; all others from any thread.</remarks>
public abstract class LoopWindow
{
    /// <summary>The toolkit's own object for the window, which methods of the window have as their <c>this</c>.</summary>
    public abstract object View { get; }

    /// <summary>The window's scope, by whatever way users of the toolkit get it.</summary>
    public abstract TaskScope Tasks { get; }

    /// <summary>How often the toolkit has told that the window is closed.</summary>
    public abstract int ClosedCount { get; }

    /// <summary>How often the window was told to close from inside its own closing event, which several toolkits punish.</summary>
    public abstract int ClosedInsideClosingCount { get; }

    /// <summary>Ends when the toolkit has closed the window.</summary>
    public abstract Task Closed { get; }

    /// <summary>Does what a click on the window's close button does. Does not wait for what comes of it.</summary>
    public abstract void ClickClose();

    /// <summary>The title that the user reads; for a closed window the last one.</summary>
    public abstract string? Title { get; }

    /// <summary>Whether the window takes the user's input.</summary>
    public abstract bool TakesInput { get; }

    /// <summary>Shows or hides the window without closing it.</summary>
    /// <param name="isShown">Whether it is shown.</param>
    public abstract void SetShown(bool isShown);

    /// <summary>Calls the adapter's own method of that name.</summary>
    /// <param name="waits">Whether the window waits for its tasks when it is to close.</param>
    public abstract void CloseAfterTasks(bool waits);

    /// <summary>Asks for the window's scope as the program does, which gets a new one where the window stays although its tasks have ended.</summary>
    /// <returns>The scope.</returns>
    public abstract TaskScope AskForTasks();

    /// <summary>Closes the window as the program does.</summary>
    public abstract void Close();

    /// <summary>Adds a handler to the event in which the toolkit asks whether the window may close. Needs <see cref="LoopFeature.ClosingHandlers"/>.</summary>
    /// <param name="mayClose">The handler's answer. It is put into the event as it is, also where it is yes.</param>
    /// <exception cref="NotSupportedException">The window does not override the method.</exception>
    public virtual void AddClosingHandler(Func<bool> mayClose) =>
        throw new NotSupportedException($"{GetType().Name} does not say how a program adds a handler to its closing. Override the method, or name the feature in Lacks.");

    /// <summary>Minimizes the window. Needs <see cref="LoopFeature.MinimizedWindows"/>.</summary>
    /// <exception cref="NotSupportedException">The window does not override the method.</exception>
    public virtual void Minimize() =>
        throw new NotSupportedException($"{GetType().Name} does not say how it is minimized. Override the method, or name the feature in Lacks.");
}
