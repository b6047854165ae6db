using System.Runtime.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Tests.Loops;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.Tests.Progress;

public sealed class TaskProgressViewTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;
    private readonly List<string> _seen = [];
    private TaskContext _context = null!;

    public TaskProgressViewTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void IsVisible_ViewOfASurvivorWhoseScopeHasClosed_IsFalse()
    {
        var release = new TaskCompletionSource();
        BackgroundTask task = _window.CreateChild("tab").Run(() => release.Task);
        using var view = new TaskProgressView(task, TimeSpan.Zero);
        bool before = view.IsVisible;

        _loop.RunUntilEnded(task.Scope.CloseAsync(within: Second));

        Assert.Equal((true, false), (before, view.IsVisible));
        Assert.Equal(BackgroundTaskState.Canceling, task.State);
    }

    [Theory]
    [InlineData(null, 500)]
    [InlineData(2000, 2000)]
    [Trait("Behaviour", "B70")]
    public void IsVisible_WorkThatOutlastsTheDelay_BecomesTrueOnceAndStaysUntilTheEnd(int? delay, int expected)
    {
        BackgroundTask task = Start(Second * 10);
        using var view = new TaskProgressView(task, delay is { } time ? TimeSpan.FromMilliseconds(time) : null);
        Watch(view, nameof(view.IsVisible), () => $"{view.IsVisible} at {Milliseconds(task)}");

        for (int i = 0; i < 9; i++)
        {
            _loop.Advance(Second);
            _context.Report(i, 9);
        }

        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal([$"True at {expected}", "False at 10000"], _seen);
    }

    [Theory]
    [InlineData(499)]
    [InlineData(1)]
    [Trait("Behaviour", "B70")]
    public void IsVisible_WorkThatEndsBeforeTheDelay_NeverBecomesTrue(int milliseconds)
    {
        BackgroundTask task = Start(TimeSpan.FromMilliseconds(milliseconds));
        using var view = new TaskProgressView(task);
        Watch(view, nameof(view.IsVisible), () => $"{view.IsVisible}");

        _loop.RunUntilEnded(task);
        _loop.Advance(Hour);

        Assert.Empty(_seen);
        Assert.False(view.IsVisible);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void IsVisible_WorkThatHasEndedElsewhereWhenItsTurnComes_NeverBecomesTrue()
    {
        var clock = new FakeTimeProvider();
        var loop = new TestLoop(clock);
        loop.RunUntilIdle();
        var finish = new TaskCompletionSource();
        BackgroundTask task = new TaskScope(loop, "window").Run(async () => await finish.Task.ConfigureAwait(false));
        using var view = new TaskProgressView(task);
        Watch(view, nameof(view.IsVisible), () => $"{view.IsVisible}");

        clock.Advance(Second);
        OnAnotherThread(finish.SetResult);
        loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Succeeded, task.State);
        Assert.Empty(_seen);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void IsVisible_OfATaskOldEnough_IsTrueAtOnce()
    {
        BackgroundTask task = Start(Hour);
        _loop.Advance(Second);

        using var late = new TaskProgressView(task);
        using var eager = new TaskProgressView(Start(Hour), TimeSpan.Zero);

        Assert.True(late.IsVisible);
        Assert.True(eager.IsVisible);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void IsVisible_OfATaskToldToCancel_StaysUntilItHasEnded()
    {
        BackgroundTask task = _window.Run(task => task.ShieldAsync(inner => inner.Delay(TimeSpan.FromSeconds(2))).AsTask());
        using var view = new TaskProgressView(task);
        Watch(view, nameof(view.IsVisible), () => $"{view.IsVisible} at {Milliseconds(task)}");
        task.Cancel();

        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        Assert.Equal(["True at 500", "False at 2000"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void Properties_AsTheWorkGoesOn_AreReadyForABarAndItsTexts()
    {
        using var view = new TaskProgressView(Start(Hour));
        string Look() => $"{view.IsIndeterminate} {view.Fraction} [{view.Message}] {view.Remaining} [{view.Text}]";
        _seen.Add(Look());

        _context.Report("searching");
        _loop.RunUntilIdle();
        _seen.Add(Look());
        _context.Report(0, 100, "copying");
        _loop.Advance(Second * 42);
        _context.Report(42, 100);
        _loop.RunUntilIdle();
        _seen.Add(Look());
        _context.ReportIndeterminate("closing");
        _loop.RunUntilIdle();
        _seen.Add(Look());

        Assert.Equal(
            ["True 0 []  []", "True 0 [searching]  []", "False 0.42 [copying] 00:00:58 [42 %, about 1 minute left]", "True 0 [closing]  []"],
            _seen);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void PropertyChanged_ManyReports_IsRaisedOncePerTurnOnTheUiThreadForWhatHasChanged()
    {
        BackgroundTask task = Start(Hour);
        using var view = new TaskProgressView(task);
        view.PropertyChanged += (_, e) => _seen.Add($"{e.PropertyName} {view.Fraction} {_loop.CheckAccess()}");

        OnAnotherThread(() =>
        {
            for (int i = 0; i <= 1000; i++)
            {
                _context.Report(i / 2000.0, "copying");
            }
        });
        _loop.RunUntilIdle();
        _context.Report(0.5, "copying");
        _loop.RunUntilIdle();

        Assert.Equal(["IsIndeterminate 0.5 True", "Fraction 0.5 True", "Message 0.5 True", "Text 0.5 True"], _seen);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void Properties_AtTheEnd_ShowTheLastReportBeforeTheViewGoes()
    {
        BackgroundTask task = _window.Run(async task =>
        {
            await task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            task.Report(1, 4);
            task.Report(4, 4);
        });
        using var view = new TaskProgressView(task);
        Watch(view, nameof(view.Text), () => $"{view.Text} {view.IsVisible}");
        Watch(view, nameof(view.IsVisible), () => $"{view.Text} {view.IsVisible}");

        _loop.RunUntil(() => task.IsCompleted && !view.IsVisible);
        _loop.RunUntilIdle();

        Assert.Equal(["100 % True", "100 % False"], _seen[^2..]);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void Remaining_InAPauseWithoutReports_GrowsOnTheScreenToo()
    {
        using var view = new TaskProgressView(Start(Hour));
        _context.Report(0, 10);
        _loop.Advance(Second);
        _context.Report(1, 10);
        _loop.RunUntilIdle();
        string before = view.Text;
        Watch(view, nameof(view.Text), () => view.Text);

        _loop.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("10 %, a few seconds left", before);
        Assert.Equal(_seen.Distinct(), _seen);
        Assert.EndsWith("minutes left", _seen[^1]);
    }

    [Theory]
    [InlineData("the end of the task")]
    [InlineData("Dispose")]
    [InlineData("Dispose elsewhere")]
    [Trait("Behaviour", "B70")]
    public void AfterTheEnd_NoTimerIsLeftAndNothingChanges(string end)
    {
        var clock = new CountingTimeProvider();
        var loop = new TestLoop(clock);
        loop.RunUntilIdle();
        var finish = new TaskCompletionSource();
        BackgroundTask task = new TaskScope(loop, "window").Run(async task =>
        {
            _context = task;
            await finish.Task.ConfigureAwait(false);
        });
        var view = new TaskProgressView(task, Hour);
        int before = clock.Live;

        switch (end)
        {
            case "Dispose":
                view.Dispose();
                break;
            case "Dispose elsewhere":
                OnAnotherThread(view.Dispose);
                break;
            default:
                finish.SetResult();
                loop.RunUntil(() => task.IsCompleted && clock.Live == 0);
                break;
        }

        view.PropertyChanged += (_, e) => _seen.Add(e.PropertyName!);
        _context.Report(0.5);
        loop.RunUntilIdle();

        Assert.Equal((1, 0), (before, clock.Live));
        Assert.Empty(_seen);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void AfterTheEnd_TheTaskHoldsTheViewNoLonger()
    {
        BackgroundTask task = Start(Second);
        WeakReference<TaskProgressView> view = ViewOf(task);
        _loop.RunUntilEnded(task);
        _loop.RunUntilIdle();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(view.TryGetTarget(out _));
        GC.KeepAlive(task);
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void AViewOfATaskThatHasEnded_ShowsItsLastReportAndIsNotVisible()
    {
        BackgroundTask task = _window.Run(task =>
        {
            task.Report(3, 4, "copying");
            return Task.CompletedTask;
        });

        using var view = new TaskProgressView(task, TimeSpan.Zero);

        Assert.Equal((false, 0.75, "copying", "75 %"), (view.IsVisible, view.Fraction, view.Message, view.Text));
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void AViewCreatedElsewhere_IsFilledOnTheUiThread()
    {
        BackgroundTask task = Start(Hour);
        _context.Report(0.25);
        _loop.Advance(Second);
        TaskProgressView? view = null;

        OnAnotherThread(() => view = new TaskProgressView(task));
        bool before = view!.IsVisible;
        _loop.RunUntilIdle();

        Assert.Equal((false, true, 0.25), (before, view.IsVisible, view.Fraction));
        view.Dispose();
    }

    [Fact]
    [Trait("Behaviour", "B70")]
    public void ANegativeDelay_IsRefused()
    {
        BackgroundTask task = Start(Hour);

        Assert.Throws<ArgumentOutOfRangeException>("showDelay", () => new TaskProgressView(task, -Second));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<TaskProgressView> ViewOf(BackgroundTask task) => new(new TaskProgressView(task));

    private static double Milliseconds(BackgroundTask task) => Math.Round(task.Elapsed.TotalMilliseconds);

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    private void Watch(TaskProgressView view, string property, Func<string> look) => view.PropertyChanged += (_, e) =>
    {
        if (e.PropertyName == property)
        {
            _seen.Add(look());
        }
    };

    private BackgroundTask Start(TimeSpan time) => _window.Run(task =>
    {
        _context = task;
        return task.Delay(time);
    });
}
