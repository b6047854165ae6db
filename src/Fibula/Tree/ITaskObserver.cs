namespace Fibula;

/// <summary>Is notified of a task's transitions: a command observes its runs this way. Called on any thread, outside the gate.</summary>
internal interface ITaskObserver
{
    /// <summary>The work takes its first step.</summary>
    void OnBegun();

    /// <summary>The task was asked to cancel, and has begun: the counts say so before anybody else hears of it.</summary>
    void BecomeCanceling();

    /// <summary>After that: everybody has heard of it.</summary>
    void OnCancelRequested();

    /// <summary>The task has ended: the counts say so before anybody else hears of it.</summary>
    void BecomeEnded();

    /// <summary>After that, or the task will never begin.</summary>
    void OnEnded();
}
