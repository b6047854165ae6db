namespace Fibula;

/// <summary>A task that begins only after others have ended: a run of a command.</summary>
internal interface IQueuedRun
{
    /// <summary>The tasks that must end before this one can begin. Asked while it is queued.</summary>
    ITaskNode[] TasksInTheWay { get; }
}
