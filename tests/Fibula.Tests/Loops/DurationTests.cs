using System.Reflection;
using Fibula.Diagnostics;
using Fibula.Testing;

namespace Fibula.Tests.Loops;

/// <summary>Every time span that the public API takes: what is out of range is refused where it is given, and what is very long works.</summary>
public sealed class DurationTests
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(60);

    // By rule: whether zero and the infinite time are taken. All take the longest there is, and none a negative one.
    private static readonly Dictionary<string, (bool Zero, bool Infinite, Action<DurationTests, TimeSpan> Give)> All = new()
    {
        ["TaskOptions.Deadline"] = (true, true, static (test, time) => _ = new TaskOptions { Deadline = time }),
        ["TaskScope.CloseGrace"] = (true, true, static (test, time) => test._scope.CloseGrace = time),
        ["TaskScope.UnresponsiveAfter"] = (true, true, static (test, time) => test._scope.UnresponsiveAfter = time),
        ["TaskScope.CloseAsync.within"] = (true, true, static (test, time) => test._scope.CreateChild("view").CloseAsync(within: time)),
        ["TaskScopeExtensions.RunEvery.period"] = (false, false, static (test, time) => test._scope.RunEvery(time, () => Task.CompletedTask)),
        ["TaskContext.Delay.delay"] = (true, true, static (test, time) => _ = test._context.Delay(time)),
        ["ClosePolicy.Finish.within"] = (true, true, static (_, time) => ClosePolicy.Finish(time)),
        ["TaskCommandBase.Debounce"] = (true, false, static (test, time) => _ = new TaskCommand(test._scope, () => Task.CompletedTask) { Debounce = time }),
        ["TaskCommandBase.Throttle"] = (true, false, static (test, time) => _ = new TaskCommand(test._scope, () => Task.CompletedTask) { Throttle = time }),
        ["TaskBoard..ctor.refreshInterval"] = (false, false, static (test, time) => new TaskBoard(test._scope, time).Dispose()),
        ["TaskProgressView..ctor.showDelay"] = (true, false, static (test, time) => new TaskProgressView(test._task, time).Dispose()),
        ["UiApp.ForcedExitLimit"] = (true, true, static (test, time) => _ = new UiApp("app") { ForcedExitLimit = time }),
        ["UiAppOptions.ForcedExitLimit"] = (true, true, static (test, time) => _ = new UiAppOptions { ForcedExitLimit = time }),
        ["TestLoop.Advance.time"] = (true, false, static (_, time) => new TestLoop().Advance(time)),
        ["TestLoop.Patience"] = (true, true, static (test, time) => _ = new TestLoop { Patience = time }),
    };

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _scope;
    private readonly BackgroundTask _task;
    private TaskContext _context = null!;

    public DurationTests()
    {
        _scope = new TaskScope(_loop, "app");
        _task = _scope.Run(task =>
        {
            _context = task;
            return new TaskCompletionSource().Task;
        });
    }

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Given_OutOfRange_IsRefusedThereAndThen(string name)
    {
        (bool takesZero, bool takesInfinite, Action<DurationTests, TimeSpan> give) = All[name];

        foreach (TimeSpan time in new[] { TimeSpan.FromMilliseconds(-2), TimeSpan.FromTicks(-1), TimeSpan.MinValue })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => give(this, time));
        }

        Check(takesZero, TimeSpan.Zero);
        Check(takesInfinite, Timeout.InfiniteTimeSpan);
        Check(true, Long);
        Check(true, TimeSpan.MaxValue);
        _loop.RunUntilIdle();
        Assert.Empty(_loop.UnhandledFaults);

        void Check(bool takes, TimeSpan time)
        {
            Exception? refusal = Record.Exception(() => give(this, time));
            Assert.True(takes ? refusal is null : refusal is ArgumentOutOfRangeException, $"{time}: {refusal}");
        }
    }

    [Fact]
    public void Table_HasEveryTimeSpanThatCanBeGiven()
    {
        IEnumerable<string> given = from assembly in new[] { typeof(TaskScope).Assembly, typeof(TestLoop).Assembly }
                                    from type in assembly.GetExportedTypes()
                                    where !typeof(Delegate).IsAssignableFrom(type)
                                    from name in GivenTo(type)
                                    select name;

        // These are shown, not waited for.
        Assert.Equal(All.Keys.Order(), given.Except(["TaskText.Remaining.remaining", "TaskText.Time.age", "TaskProgress.Remaining"]).Distinct().Order());
    }

    [Fact, Trait("Behaviour", "B36")]
    public void Long_Times_PassExactly()
    {
        BackgroundTask delay = _scope.Run(task => task.Delay(Long));
        BackgroundTask limited = _scope.Run(task => task.Delay(Timeout.InfiniteTimeSpan), new TaskOptions { Deadline = Long });
        BackgroundTask onPool = _scope.RunOnThreadPool(task => task.Delay(Timeout.InfiniteTimeSpan), new TaskOptions { Deadline = Long });
        int runs = 0;
        _scope.RunEvery(Long, () =>
        {
            runs++;
            return Task.CompletedTask;
        });
        var command = new TaskCommand(_scope, () => Task.CompletedTask) { Debounce = Long };
        BackgroundTask debounced = command.ExecuteAsync();
        _loop.RunUntil(() => onPool.State == BackgroundTaskState.Running);

        _loop.Advance(Long - TimeSpan.FromTicks(1));
        bool isAnyoneEarly = delay.IsCompleted || limited.IsCompleted || onPool.IsCompleted || runs > 0 || debounced.IsCompleted;
        _loop.Advance(TimeSpan.FromTicks(1));
        _loop.RunUntilEnded(onPool);
        _loop.RunUntilIdle();

        Assert.False(isAnyoneEarly);
        Assert.Equal((BackgroundTaskState.Succeeded, BackgroundTaskState.Canceled, BackgroundTaskState.Canceled), (delay.State, limited.State, onPool.State));
        Assert.Equal((1, BackgroundTaskState.Succeeded), (runs, debounced.State));
    }

    [Fact, Trait("Behaviour", "B75")]
    public void Elapsed_OnVirtualTime_IsExact()
    {
        BackgroundTask delay = _scope.Run(task => task.Delay(TimeSpan.FromSeconds(0.1)));
        _loop.RunUntilEnded(delay);

        var command = new TaskCommand(_scope, () => Task.CompletedTask) { Throttle = TimeSpan.FromMilliseconds(250) };
        command.ExecuteAsync();
        _loop.Advance(TimeSpan.FromMilliseconds(250));
        BackgroundTask second = command.ExecuteAsync();

        Assert.Equal(TimeSpan.FromSeconds(0.1), delay.Elapsed);
        Assert.Equal(BackgroundTaskState.Succeeded, second.State);
    }

    [Theory, Trait("Behaviour", "B42")]
    [InlineData(false)]
    [InlineData(true)]
    public void CloseAsync_WithoutALimit_WaitsAsTheTasksSay(bool isInfinite)
    {
        TaskScope view = _scope.CreateChild("view");
        BackgroundTask save = view.Run(task => task.Delay(TimeSpan.FromSeconds(4)), new TaskOptions { OnClose = ClosePolicy.Finish(TimeSpan.FromSeconds(5)) });

        Task<CloseReport> close = view.CloseAsync(within: isInfinite ? Timeout.InfiniteTimeSpan : TimeSpan.MaxValue);
        _loop.RunUntilEnded(close);

        Assert.Equal((BackgroundTaskState.Succeeded, TimeSpan.FromSeconds(4)), (save.State, close.Result.Duration));
    }

    private static IEnumerable<string> GivenTo(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        string owner = type.Name.Split('`')[0];
        foreach (PropertyInfo property in type.GetProperties(Own).Where(property => IsTime(property.PropertyType) && property.SetMethod is { IsPublic: true }))
        {
            yield return $"{owner}.{property.Name}";
        }

        foreach (MethodBase method in type.GetMethods(Own).Where(method => !method.IsSpecialName).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            foreach (ParameterInfo parameter in method.GetParameters().Where(parameter => IsTime(parameter.ParameterType)))
            {
                yield return $"{owner}.{method.Name}.{parameter.Name}";
            }
        }
    }

    private static bool IsTime(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan);
}
