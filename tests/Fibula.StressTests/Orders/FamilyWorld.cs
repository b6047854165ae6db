namespace Fibula.StressTests.Orders;

/// <summary>A parent that ignores its token, in a view, and its child, which does not.</summary>
internal sealed class FamilyWorld(OrderSetting setting) : OrderWorld(setting)
{
    private const int MostTicks = 3;

    private readonly HashSet<char> _played = [];
    private FollowedTask? _parent;
    private FollowedTask? _child;
    private BackgroundTask? _refused;
    private int _ticks;

    public override string Acts => "SsEFCcVMXLOTRA";

    public override string Describe(char act) => act switch
    {
        'S' => "start the parent",
        's' => "start the child",
        'E' => "end the parent's body",
        'F' => "fail the child",
        'C' => "cancel the parent",
        'c' => "cancel the child",
        'V' => "cancel the view's tasks",
        'M' => "move the parent",
        'X' => "close the view",
        'L' => "close the view within half a second",
        'O' => "close the root",
        'T' => "a second passes",
        'R' => "release the survivors",
        _ => "await both",
    };

    public override bool CanPlay(char act) => act switch
    {
        'T' => _ticks < MostTicks,
        _ when _played.Contains(act) => false,
        'S' => true,
        's' => _parent?.Context is not null,
        'E' => CanEnd(_parent),
        'F' => CanEnd(_child),
        'C' or 'M' or 'V' => _parent is not null,
        'c' => _child is not null,
        'X' or 'L' or 'O' => IsLoopStarted,
        'R' => IsOver(View) || IsOver(Root),
        _ => _parent is not null && IsLoopStarted,
    };

    protected override void PlayCore(char act)
    {
        _played.Add(act);
        switch (act)
        {
            case 'S':
                bool isOpen = !IsAsked(View) && !IsAsked(Root);
                BackgroundTask parent = View.Run(context => BodyOf(_parent ??= Followed[^1], context, isObedient: false), new TaskOptions { Name = "parent" });
                _parent ??= Find(parent);
                Rule.Check(isOpen == (_parent is not null), $"The view takes newcomers: {isOpen}; the parent was taken: {_parent is not null}.");
                break;
            case 's':
                bool isLive = !_parent!.Task.IsCompleted;
                BackgroundTask child = _parent.Context!.Run(context => BodyOf(_child ??= Followed[^1], context, isObedient: true), new TaskOptions { Name = "child" });
                _child = Find(child);
                Rule.Check(isLive || _child is null, $"A task that has ended took a child.");
                _child?.Parent = _parent;
                _refused = _child is null ? child : null;
                Rule.Check(_refused is null or { State: BackgroundTaskState.Canceled }, $"The refused child is {child.State}.");
                break;
            case 'E':
                End(_parent!);
                break;
            case 'F':
                Fail(_child!);
                break;
            case 'C':
                Cancel(reason => _parent!.Task.Cancel(reason), static _ => true);
                break;
            case 'c':
                Cancel(reason => _child!.Task.Cancel(reason), task => task == _child);
                break;
            case 'V':
                Cancel(reason => View.Cancel(reason), task => task.Task.Scope == View);
                break;
            case 'M':
                MoveParent();
                break;
            case 'X':
                Close(View, within: null);
                break;
            case 'L':
                Close(View, ShortestLimit);
                break;
            case 'O':
                Close(Root, within: null);
                break;
            case 'T':
                _ticks++;
                StartLoop();
                Loop.Advance(Second);
                break;
            case 'R':
                ReleaseSurvivors();
                break;
            default:
                AwaitAll();
                break;
        }
    }

    private void MoveParent()
    {
        bool mayMove = _parent!.Task is { IsCompleted: false, CancelReason: null } && _parent.Task.Scope == View && !IsAsked(Root);
        bool hasMoved = _parent.Task.MoveTo(Other);
        Rule.Check(hasMoved == mayMove, $"The parent, {_parent.Task.State} in '{_parent.Task.Scope}', has moved: {hasMoved}.");
        if (!hasMoved)
        {
            return;
        }

        foreach (FollowedTask task in Followed)
        {
            task.Home = task.Task.IsCompleted ? task.Home : task.Task.Scope;
            Rule.Check(task.Task.IsCompleted || task.Home == Other, $"'{task.Name}' stayed in '{task.Home}'.");
        }
    }
}
