namespace Fibula;

/// <summary>A handle as the tree and the code that drives tasks see it: the state in it, and what only the handle can do.</summary>
internal interface ITaskNode : IProgressSink
{
    /// <summary>The state of the task.</summary>
    ref TaskNode Node { get; }

    /// <summary>Who keeps count of the task; null for nobody, and once that was notified of the end.</summary>
    ITaskObserver? Observer { get; }

    /// <summary>Calls the work, up to its first incomplete await.</summary>
    Task? Call(object work);

    /// <summary>Takes the result of the work, which has succeeded.</summary>
    void TakeResult(Task body);

    /// <summary>Any thread, outside the gate: raises <c>TaskStarted</c> of the scope and its ancestors.</summary>
    /// <returns>True if a subscriber has canceled the task: then it must not begin.</returns>
    bool RaiseStarted();

    /// <summary>On the UI thread: raises <c>Unresponsive</c> of the scope and its ancestors.</summary>
    void RaiseUnresponsive();

    /// <summary>Any thread, outside the gate: nobody has observed the error.</summary>
    void ReportFault(Exception error);
}
