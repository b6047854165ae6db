using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.StressTests.Orders;

/// <summary>A small tree of owners and a few acts on it, each of which is possible at some times. Everything is on one thread and on virtual time.</summary>
internal abstract class OrderWorld
{
    /// <summary>How long the shortest close takes that leaves tasks behind.</summary>
    public static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(0.5);

    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<FollowedTask> _followed = [];
    private readonly List<FollowedClose> _closes = [];
    private readonly OrderSetting _setting;
    private BrokenRuleException? _broken;
    private int _moment;

    protected OrderWorld(OrderSetting setting)
    {
        _setting = setting;
        Root = new TaskScope(Loop, "root") { CloseGrace = Second };
        View = Root.CreateChild("view");
        Other = Root.CreateChild("other");
        Root.TaskStarted += task => Follow(task);
        Root.Faulted += OnFaulted;
        if (setting != OrderSetting.NotStarted)
        {
            StartLoop();
        }
    }

    /// <summary>A letter for each act.</summary>
    public abstract string Acts { get; }

    public int ActNumber { get; private set; }

    protected TestLoop Loop { get; } = new();

    protected TaskScope Root { get; }

    protected TaskScope View { get; }

    protected TaskScope Other { get; }

    protected bool IsLoopStarted { get; private set; }

    public IReadOnlyList<FollowedTask> Followed => _followed;

    /// <summary>Names an act for people.</summary>
    public abstract string Describe(char act);

    public abstract bool CanPlay(char act);

    public void Play(char act)
    {
        ActNumber++;
        PlayCore(act);
        if (_setting == OrderSetting.TurnAfterEachAct)
        {
            Loop.RunUntilIdle();
        }

        CheckAfterAct();
    }

    /// <summary>Lets all bodies end, closes what is open, and checks what holds when nothing is left to do.</summary>
    public void Finish()
    {
        ActNumber++;
        StartLoop();
        Loop.Advance(3 * Second);
        CheckAfterAct();
        Close(View, within: null);
        CheckRefuses(View);
        FinishBodies();
        Loop.Advance(3 * Second);
        CheckAfterAct();
        CheckRefuses(View);
        Close(Root, within: null);
        Loop.Advance(3 * Second);
        CheckAfterAct();
        CheckRefuses(Root);
        _closes.ForEach(close => close.CheckAtEnd(_followed));
        _followed.ForEach(task => task.CheckAtEnd());
        Rule.Check(Loop.UnhandledFaults.Count == 0, $"A fault left the tree: {Loop.UnhandledFaults[0]}");
    }

    public int NextMoment() => ++_moment;

    /// <summary>Whether a close of the scope, or of one around it, is over.</summary>
    public bool IsClosed(TaskScope scope) => _closes.Exists(close => close.IsOver && (close.Scope == scope || close.Scope == Root));

    public bool IsWithin(TaskScope scope, TaskScope outer) => scope == outer || outer == Root;

    public bool HasOtherChildren(FollowedTask parent, FollowedTask child) =>
        _followed.Exists(task => task != child && task.Parent == parent && !task.Task.IsCompleted);

    /// <summary>What a broken rule throws inside a handler would be a fault of the handler's: kept until the act is over.</summary>
    public void Guard(Action check)
    {
        try
        {
            check();
        }
        catch (BrokenRuleException broken)
        {
            _broken ??= broken;
        }
    }

    protected abstract void PlayCore(char act);

    protected virtual void FinishBodies() => _followed.ForEach(static task => task.Gate.TrySetResult());

    protected void StartLoop()
    {
        IsLoopStarted = true;
        Loop.RunUntilIdle();
    }

    protected bool IsAsked(TaskScope scope) => _closes.Exists(close => close.Scope == scope);

    protected bool IsOver(TaskScope scope) => _closes.Exists(close => close.Scope == scope && close.IsOver);

    protected void Close(TaskScope scope, TimeSpan? within)
    {
        OnLoop(() => _closes.Add(new FollowedClose(this, scope, scope.CloseAsync("It was closed.", within), _followed)));
    }

    /// <summary>Cancels, and checks that whoever it reaches has its reason, or an earlier one.</summary>
    protected void Cancel(Action<string> cancel, Func<FollowedTask, bool> isReached)
    {
        string reason = $"Act {ActNumber} has canceled it.";
        FollowedTask[] reached = [.. _followed.Where(task => !task.Task.IsCompleted && isReached(task))];
        CancelReason?[] before = [.. reached.Select(task => task.Task.CancelReason)];
        cancel(reason);
        foreach ((int index, FollowedTask task) in reached.Index())
        {
            string expected = before[index]?.Message ?? reason;
            Rule.Check(
                task.Task.CancelReason?.Message == expected,
                $"The reason of '{task.Name}' is '{task.Task.CancelReason}', not '{expected}'.");
            Rule.Check(task.Task.State >= BackgroundTaskState.Canceling, $"'{task.Name}' was canceled, and is {task.Task.State}.");
        }
    }

    protected void AwaitAll()
    {
        foreach (AwaiterKind kind in (ReadOnlySpan<AwaiterKind>)[AwaiterKind.First, AwaiterKind.Further])
        {
            OnLoop(() => _followed.ForEach(task => task.Await(kind)));
        }
    }

    protected void ReleaseSurvivors()
    {
        bool isRootClosed = IsOver(Root);
        Root.ReleaseSurvivors();
        foreach (FollowedTask task in _followed)
        {
            task.IsReleased |= !task.Task.IsCompleted && task.Task.Scope == Root && (task.Home != Root || isRootClosed);
        }
    }

    protected FollowedTask? Find(BackgroundTask task) => _followed.Find(followed => followed.Task == task);

    /// <summary>A body that ends by its gate; it takes its token where it is obedient.</summary>
    protected Task BodyOf(FollowedTask? followed, TaskContext context, bool isObedient)
    {
        followed!.Context = context;
        if (isObedient)
        {
            CancellationToken token = context.CancellationToken;
            token.UnsafeRegister(static (gate, token) => ((TaskCompletionSource)gate!).TrySetCanceled(token), followed.Gate);
        }

        return followed.Gate.Task;
    }

    protected static bool CanEnd(FollowedTask? task) => task is { Context: not null, Gate.Task.IsCompleted: false };

    protected static void End(FollowedTask task)
    {
        task.Context!.Advance();
        task.Gate.SetResult();
    }

    protected static void Fail(FollowedTask task) => task.Gate.SetException(new InvalidOperationException(task.Name));

    /// <summary>Awaits made here resume on the loop.</summary>
    protected void OnLoop(Action act)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Loop.Context);
        act();
        SynchronizationContext.SetSynchronizationContext(before);
    }

    private FollowedTask Follow(BackgroundTask task)
    {
        var followed = new FollowedTask(this, task);
        _followed.Add(followed);
        return followed;
    }

    private void OnFaulted(TaskFault fault)
    {
        fault.Handled = true;
        Guard(() =>
        {
            FollowedTask? task = _followed.Find(task => task.Name == fault.Name);
            Rule.Check(task is not null, $"A fault of something else was reported: {fault}");
            task.OnFault();
        });
    }

    private void CheckAfterAct()
    {
        if (_broken is not null)
        {
            throw _broken;
        }

        foreach (FollowedTask task in _followed)
        {
            task.CheckAfterAct();
        }

        int listed = CheckListed(Root.Snapshot());
        int live = _followed.Count(static task => !task.Task.IsCompleted && !task.IsReleased);
        Rule.Check(listed == live, $"{live} tasks live, and {listed} are listed.");
    }

    // Each that is listed lives, and is listed once.
    private int CheckListed(ScopeSnapshot scope)
    {
        foreach (TaskSnapshot listed in scope.Tasks)
        {
            FollowedTask? task = _followed.Find(task => task.Name == listed.Name);
            Rule.Check(task is not null, $"'{listed.Name}' is listed, and was never started.");
            Rule.Check(listed.State == task.Task.State, $"'{listed.Name}' is listed as {listed.State}, and is {task.Task.State}.");
            Rule.Check(!task.Task.IsCompleted && !task.IsReleased, $"'{listed.Name}' has ended or was released, and is listed.");
        }

        int count = scope.Tasks.Count;
        foreach (ScopeSnapshot child in scope.Children)
        {
            count += CheckListed(child);
        }

        return count;
    }

    private void CheckRefuses(TaskScope scope)
    {
        int before = _followed.Count;
        BackgroundTask late = scope.Run(static () => Task.CompletedTask, new TaskOptions { Name = "late" });
        Rule.Check(
            late.State == BackgroundTaskState.Canceled && late.CancelReason is not null && _followed.Count == before,
            $"'{scope.Name}' closes, and a newcomer is {late.State}.");
    }
}
