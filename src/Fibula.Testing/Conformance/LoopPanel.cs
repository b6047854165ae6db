namespace Fibula.Testing;

/// <summary>The ready list of tasks of one toolkit, as the <see cref="LoopConformance"/> suite sees it. It is in no window when it is made.</summary>
/// <remarks><b>Threads.</b> Every member is used on the UI thread.</remarks>
public abstract class LoopPanel
{
    /// <summary>What the user reads in each row, the parts with " | " between them: the state, the progress as <c>75 %</c> or nothing, the time, and
    /// what the task is and does.</summary>
    public abstract IReadOnlyList<string> Rows { get; }

    /// <summary>What the user reads about all tasks, for example <c>No task is running.</c>; null where that is not shown at the moment.</summary>
    public abstract string? Summary { get; }

    /// <summary>Whether the user can cancel the selected task: the button is enabled, or without a button a row is selected.</summary>
    public abstract bool OffersCancel { get; }

    /// <summary>How the user can cancel the selected task, each with a name: by the button, by a key.</summary>
    public abstract IReadOnlyList<string> WaysToCancel { get; }

    /// <summary>Puts the panel into an open window, where it is shown.</summary>
    /// <param name="window">A window of the same host.</param>
    public abstract void PutInto(LoopWindow window);

    /// <summary>Takes the panel out of its window. It may be put into one again.</summary>
    public abstract void TakeOut();

    /// <summary>Selects a row. Where each row has a button of its own, moves the focus there.</summary>
    /// <param name="row">The row's index.</param>
    public abstract void Select(int row);

    /// <summary>Does what the user does to cancel the selected task. Does not wait for what comes of it.</summary>
    /// <param name="way">One of <see cref="WaysToCancel"/>.</param>
    public abstract void Cancel(string way);

    /// <summary>Calls the panel's own method of that name; where it has none, presses the button of the row with the focus, or of the first row.</summary>
    /// <returns>False if there was no running task to cancel.</returns>
    public abstract bool CancelSelected();
}
