namespace Fibula.StressTests.Orders;

/// <summary>A task with a group of two children, one of which shields a part of its work.</summary>
internal sealed class GroupWorld(OrderSetting setting) : OrderWorld(setting)
{
    private const int MostTicks = 2;

    private readonly HashSet<char> _played = [];
    private FollowedTask? _whole;
    private FollowedTask? _group;
    private FollowedTask? _first;
    private FollowedTask? _second;
    private FollowedTask? _shield;
    private int _ticks;

    public override string Acts => "S12HeFGghCcVXTA";

    public override string Describe(char act) => act switch
    {
        'S' => "start the whole and its group",
        '1' => "start the first child",
        '2' => "start the second child",
        'H' => "shield a part of the first child",
        'e' => "end the first child's body",
        'F' => "fail the second child",
        'G' => "end the group's body",
        'g' => "fail the group's body",
        'h' => "end the shield",
        'C' => "cancel the whole",
        'c' => "cancel the first child",
        'V' => "cancel the view's tasks",
        'X' => "close the view",
        'T' => "a second passes",
        _ => "await all",
    };

    public override bool CanPlay(char act) => act switch
    {
        'T' => _ticks < MostTicks,
        _ when _played.Contains(act) => false,
        'S' => true,
        '1' or '2' => _group?.Context is not null,
        'H' => _first?.Context is not null,
        'e' => CanEnd(_first),
        'F' => CanEnd(_second),
        'G' or 'g' => CanEnd(_group),
        'h' => CanEnd(_shield),
        'C' or 'V' => _whole is not null,
        'c' => _first is not null,
        'X' => IsLoopStarted,
        _ => _whole is not null && IsLoopStarted,
    };

    protected override void PlayCore(char act)
    {
        _played.Add(act);
        switch (act)
        {
            case 'S':
                _whole = Find(View.Run(RunWholeAsync, new TaskOptions { Name = "whole" }));
                break;
            case '1':
                _first = StartChild("first", isObedient: false);
                break;
            case '2':
                _second = StartChild("second", isObedient: true);
                break;
            case 'H':
                _shield = Adopt(_first!.Context!.ShieldAsync(RunShieldAsync, new TaskOptions { Name = "shield" }), _first);
                break;
            case 'e':
                End(_first!);
                break;
            case 'F':
                Fail(_second!);
                break;
            case 'G':
                End(_group!);
                break;
            case 'g':
                Fail(_group!);
                break;
            case 'h':
                End(_shield!);
                break;
            case 'C':
                Cancel(reason => _whole!.Task.Cancel(reason), task => task != _shield);
                break;
            case 'c':
                Cancel(reason => _first!.Task.Cancel(reason), task => task == _first);
                break;
            case 'V':
                Cancel(reason => View.Cancel(reason), task => task != _shield && task.Task.Scope == View);
                break;
            case 'X':
                Close(View, within: null);
                break;
            case 'T':
                _ticks++;
                StartLoop();
                Loop.Advance(Second);
                break;
            default:
                AwaitAll();
                break;
        }
    }

    private async Task RunWholeAsync(TaskContext context)
    {
        _whole ??= Followed[^1];
        BackgroundTask group = context.RunGroupAsync(
            group => BodyOf(_group ??= Adopt(Followed[^1].Task, _whole), group, isObedient: false),
            new TaskOptions { Name = "group" });
        _group ??= Adopt(group, _whole);
        _group?.IsAwaitedByOwner = true;
        await group;
    }

    private Task RunShieldAsync(TaskContext context) => BodyOf(_shield ??= Adopt(Followed[^1].Task, _first!), context, isObedient: true);

    private FollowedTask? StartChild(string name, bool isObedient)
    {
        BackgroundTask child = _group!.Context!.Run(
            context => BodyOf(Find(Followed[^1].Task), context, isObedient),
            new TaskOptions { Name = name });
        return Adopt(child, _group);
    }

    // A child of the group, or a part of one, whose error is the group's.
    private FollowedTask? Adopt(BackgroundTask task, FollowedTask parent)
    {
        FollowedTask? followed = Find(task);
        followed?.Parent = parent;
        followed?.IsErrorTaken = true;
        return followed;
    }
}
