namespace Fibula;

/// <content>How a task that was started is taken in and begins.</content>
public sealed partial class TaskScope
{
    private protected override TaskScope Home => this;

    /// <summary>Takes the task in and launches it; a refused one stays as it is, canceled.</summary>
    internal TTask Start<TTask>(TTask task, bool onPool, BackgroundTask? parent = null)
        where TTask : BackgroundTask
    {
        bool beginsNow = !onPool && task.CanBeginHere;
        if (Admit(task, parent, beginsNow))
        {
            Tree.NotifyChanged();
            bool isCanceled = task.Scope.RaiseTaskStarted(task);
            if (beginsNow)
            {
                if (isCanceled)
                {
                    TaskEffectRunner.EndUnbegun(task);
                }
                else
                {
                    task.LaunchHere();
                }
            }
            else
            {
                task.LaunchLater(onPool);
            }
        }

        return task;
    }

    /// <summary>Tells of a run of a command that was taken in, and waits until it is told to begin.</summary>
    internal void Announce(BackgroundTask run)
    {
        Tree.NotifyChanged();
        RaiseTaskStarted(run);
        run.ListenToCaller();
    }

    /// <summary>Takes in a part of a task's work, and begins it at once on the calling thread.</summary>
    internal TTask StartHere<TTask>(TTask part, BackgroundTask parent)
        where TTask : BackgroundTask
    {
        if (Admit(part, parent, beginsNow: true))
        {
            Tree.NotifyChanged();
            if (part.Scope.RaiseTaskStarted(part))
            {
                TaskEffectRunner.EndUnbegun(part);
            }
            else
            {
                part.LaunchAsPart();
            }
        }

        return part;
    }
}
