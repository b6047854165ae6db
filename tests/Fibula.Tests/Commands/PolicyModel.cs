using static Fibula.BackgroundTaskState;

namespace Fibula.Tests.Commands;

/// <summary>The words of the policies, said another way: by looking at who is there one after another. A run that is over counts as succeeded.</summary>
internal sealed class PolicyModel(CommandPolicy policy, int limit, bool overlaps)
{
    public int Limit => limit;

    public List<BackgroundTaskState> States { get; } = [];

    public int Started => Count(Running) + Count(Canceling);

    public int Waiting => Count(Queued);

    private bool IsFull => Count(Running) + (overlaps ? 0 : Count(Canceling)) >= limit;

    /// <summary>Another click.</summary>
    /// <returns>False where it is refused.</returns>
    public bool Execute()
    {
        if (policy == CommandPolicy.Drop && IsFull)
        {
            States.Add(Succeeded);
            return false;
        }

        while ((policy == CommandPolicy.KeepLatest && Waiting > 0) || (policy == CommandPolicy.Restart && Count(Running) + Waiting >= limit))
        {
            Stop(States.IndexOf(policy == CommandPolicy.Restart && Count(Running) > 0 ? Running : Queued));
        }

        States.Add(Queued);
        BeginWaiting();
        return true;
    }

    public void Cancel(int run)
    {
        Stop(run);
        BeginWaiting();
    }

    public void End(int run)
    {
        States[run] = States[run] is Running or Canceling ? Succeeded : States[run];
        BeginWaiting();
    }

    private void Stop(int run) => States[run] = States[run] switch
    {
        Running => Canceling,
        Queued => Succeeded,
        var other => other,
    };

    private void BeginWaiting()
    {
        while (!IsFull && Waiting > 0)
        {
            States[States.IndexOf(Queued)] = Running;
        }
    }

    private int Count(BackgroundTaskState state) => States.Count(each => each == state);
}
