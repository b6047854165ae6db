using System.Reflection;
using Fibula.Testing;

namespace Fibula.StressTests.Fuzz;

/// <summary>Makes random calls on the current thread, and looks at what each throws.</summary>
internal sealed class Player : IDisposable
{
    public const int DeepestCallback = 4;

    [ThreadStatic]
    private static Player? _current;

    [ThreadStatic]
    private static bool _holdsLock;

    private readonly Player? _outer = _current;

    public Player(World world, Random random)
    {
        World = world;
        Random = random;
        Depth = _outer is null ? 0 : _outer.Depth + 1;
        _current = this;
    }

    /// <summary>The innermost one whose call runs on this thread.</summary>
    public static Player? Current => _current;

    public World World { get; }

    public Random Random { get; }

    /// <summary>How many callbacks are around it.</summary>
    public int Depth { get; }

    public bool HoldsLock => _holdsLock;

    private bool IsOnUiThread => Thread.CurrentThread == World.UiThread;

    public Callback NewCallback() => new(World, Random.Next());

    public void Dispose() => _current = _outer;

    /// <summary>Makes one call.</summary>
    public void Step()
    {
        if (World.IsReleased || !World.TrySpend())
        {
            return;
        }

        Member member = Depth == 0 ? World.Deck.Next(IsOnUiThread) : World.Members[Random.Next(World.Members.Count)];
        if ((member.IsOnUiThread && !IsOnUiThread) || (member.MayWait && (_holdsLock || Depth > 2)))
        {
            return;
        }

        if (TryPrepare(member, out object? target, out object?[] arguments))
        {
            Make(new Call(member, target, arguments, Depth), target);
        }
    }

    private void Make(Call call, object? target)
    {
        World.Note(call);
        if (!_holdsLock && !call.Member.MayWait && Random.Next(12) == 0)
        {
            World.UnderUsersLock(() =>
            {
                _holdsLock = true;
                try
                {
                    Invoke(call, target);
                }
                finally
                {
                    _holdsLock = false;
                }
            });
        }
        else
        {
            Invoke(call, target);
        }
    }

    private void Invoke(Call call, object? target)
    {
        object? result;
        try
        {
            result = call.Member.Invoke(target, call.Arguments);
        }
        catch (Exception error)
        {
            call.Outcome = error.GetType().Name;
            Findings.Judge(World, call, error);
            return;
        }

        call.Outcome = "returned";
        Keep(call, result);
    }

    private void Keep(Call call, object? result)
    {
        if (result is ValueTask valueTask)
        {
            result = valueTask.AsTask();
        }

        World.Add(result);
        if (result is not Task task)
        {
            return;
        }

        World.Tasks.Enqueue((task, call));
        task.ContinueWith(ended => KeepResult(call, ended), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void KeepResult(Call call, Task ended)
    {
        if (ended.Exception is { } errors)
        {
            Findings.JudgeAll(World, call, errors);
        }
        else if (ended.IsCompletedSuccessfully && call.Member.Method is MethodInfo { ReturnType.IsGenericType: true })
        {
            World.Add(ended.GetType().GetProperty("Result")?.GetValue(ended));
        }
    }

    private bool TryPrepare(Member member, out object? target, out object?[] arguments)
    {
        target = null;
        arguments = [];
        if (!member.Method.IsStatic && !member.Method.IsConstructor)
        {
            target = TargetOf(member);
            if (target is null || (World.Main.Contains(target) && member.Ends && World.Budget > 60 && Random.Next(8) != 0))
            {
                return false;
            }
        }

        arguments = [.. member.Parameters.Select((parameter, index) => ArgumentOf(member, parameter, member.AcceptsNull(index)))];
        return !arguments.Contains(Values.Missing);
    }

    // An object that nobody has used yet.
    private object? NewTargetOf(Member member)
    {
        Type owner = member.Owner;
        if (owner.IsValueType)
        {
            return Activator.CreateInstance(owner);
        }

        Member[] constructors = [.. World.Members.Where(other => other.Method.IsConstructor && (owner.IsAbstract ? other.Owner.IsAssignableTo(owner) : other.Owner == owner))];
        Member constructor = constructors[Random.Next(constructors.Length)];
        if (!TryPrepare(constructor, out _, out object?[] arguments))
        {
            return null;
        }

        try
        {
            return constructor.Invoke(target: null, arguments);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private object? TargetOf(Member member)
    {
        if (member.IsInit)
        {
            object? made = NewTargetOf(member);
            World.Add(made);
            return made;
        }

        if (member.Owner.IsValueType && Random.Next(20) == 0)
        {
            return Activator.CreateInstance(member.Owner);
        }

        object? target = World.AnyOf(member.Owner, Random);
        if (!member.IsProtected)
        {
            return target;
        }

        // Adapters call those of their own loop, on its own thread.
        return target?.GetType().Assembly == typeof(Player).Assembly && (target is not FuzzLoop loop || loop.Thread == Thread.CurrentThread) ? target : null;
    }

    private object? ArgumentOf(Member member, ParameterInfo parameter, bool isNullable)
    {
        Type type = parameter.ParameterType;
        if (member.Owner == typeof(TestLoop))
        {
            if (type == typeof(Task))
            {
                return Random.Next(5) == 0 ? null : Task.CompletedTask;
            }

            if (type == typeof(BackgroundTask))
            {
                return World.AnyOf<BackgroundTask>(Random) is { IsCompleted: true } ended ? ended : null;
            }
        }

        // As everywhere in .NET, what an awaiter or a context calls ends the process if it throws.
        bool mayThrow = !member.Method.Name.EndsWith("OnCompleted", StringComparison.Ordinal);
        return !mayThrow && Random.Next(8) != 0 ? Values.Call(this, type, mayThrow: false)
            : !mayThrow ? null
            : member.Owner == typeof(LoopConformance) && type == typeof(string) ? "NoPromise"
            : member.Method.Name == nameof(TaskScopeExtensions.RunEvery) && type == typeof(TimeSpan) ? PeriodFor()
            : Values.Make(this, type, parameter.Name!, isNullable);
    }

    private TimeSpan PeriodFor()
    {
        TimeSpan period = Values.Time(Random, "period");
        return period > TimeSpan.Zero && period < TimeSpan.FromMilliseconds(10) ? TimeSpan.FromMilliseconds(10) : period;
    }
}
