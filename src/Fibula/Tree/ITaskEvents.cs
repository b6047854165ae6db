namespace Fibula;

/// <summary>The events of one handle, as its transitions see them.</summary>
internal interface ITaskEvents
{
    /// <summary>Something is still to be raised.</summary>
    bool IsPosted { get; }

    /// <summary>Under the tree's gate: keeps a transition.</summary>
    /// <returns>True if <see cref="Post"/> must follow, outside the gate.</returns>
    bool Record(BackgroundTaskState old, BackgroundTaskState now);

    /// <summary>Has what was kept raised on the UI thread, in order with everything else there.</summary>
    void Post();
}
