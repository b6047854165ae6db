using System.Globalization;
using Fibula.Testing;

namespace Fibula.Tests.Loops;

public sealed class FlowTests
{
    private readonly AsyncLocal<string?> _flowing = new();
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _window;

    public FlowTests()
    {
        _window = new TaskScope(_loop, "window");
    }

    [Fact]
    [Trait("Behaviour", "B81")]
    public void Run_FromTwoThreadsInOneBurst_EachSeesItsOwnPostersValuesAndCulture()
    {
        var seen = new List<(string?, string)>();

        OnAThread("one", "de-DE", () => _window.Run(LookAsync));
        OnAThread("two", "fr-FR", () => _window.Run(LookAsync));
        _loop.RunUntilIdle();

        Assert.Equal([("one", "de-DE"), ("two", "fr-FR"), ("one", "de-DE"), ("two", "fr-FR")], seen);
        Assert.Equal(1, _loop.TurnsRequested - 2);

        async Task LookAsync()
        {
            seen.Add((_flowing.Value, CultureInfo.CurrentCulture.Name));
            await Task.Yield();
            seen.Add((_flowing.Value, CultureInfo.CurrentCulture.Name));
        }
    }

    [Fact]
    [Trait("Behaviour", "B81")]
    public void RunOnThreadPool_SeesThePostersValues()
    {
        string? seen = null;
        BackgroundTask? task = null;

        OnAThread("one", "de-DE", () => task = _window.RunOnThreadPool(() => seen = _flowing.Value));
        _loop.RunUntilEnded(task!);

        Assert.Equal("one", seen);
    }

    [Fact]
    [Trait("Behaviour", "B81")]
    public void Post_SeesNoValuesOfItsPoster()
    {
        string? seen = "not run";
        string culture = "not run";

        OnAThread("one", "de-DE", () => _loop.Post(() => (seen, culture) = (_flowing.Value, CultureInfo.CurrentCulture.Name)));
        string own = CultureInfo.CurrentCulture.Name;
        _loop.RunUntilIdle();

        Assert.Null(seen);
        Assert.NotEqual("de-DE", culture);
        Assert.Equal(own, CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    [Trait("Behaviour", "B81")]
    public void Run_WorkChangesItsContexts_TheCallerFindsItsOwnUnchanged()
    {
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        _flowing.Value = "caller";
        SynchronizationContext? inWork = null;

        _window.Run(() =>
        {
            inWork = SynchronizationContext.Current;
            _flowing.Value = "work";
            SynchronizationContext.SetSynchronizationContext(null);
            return Task.CompletedTask;
        });

        Assert.Equal("caller", _flowing.Value);
        Assert.Same(context, SynchronizationContext.Current);
        Assert.Same(_loop.Context, inWork);
        SynchronizationContext.SetSynchronizationContext(null);
    }

    [Fact]
    [Trait("Behaviour", "B81")]
    public void Run_WorkThrowsAtOnce_TheCallerFindsItsOwnUnchanged()
    {
        _flowing.Value = "caller";

        _window.Run(() =>
        {
            _flowing.Value = "work";
            throw new InvalidOperationException();
        });

        Assert.Equal("caller", _flowing.Value);
        Assert.Null(SynchronizationContext.Current);
    }

    [Fact]
    [Trait("Behaviour", "B81")]
    public void Run_WhereFlowIsSuppressed_LeavesItSuppressedAndKeepsTheAmbientTask()
    {
        _flowing.Value = "caller";
        string? inWork = "not run";
        TaskScope? current = null;

        using (ExecutionContext.SuppressFlow())
        {
            _window.Run(async () =>
            {
                inWork = _flowing.Value;
                await Task.Yield();
                current = TaskScope.Current;
            });
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        _loop.RunUntilIdle();
        Assert.Equal("caller", _flowing.Value);
        Assert.Null(inWork);
        Assert.Same(_window, current);
    }

    [Fact]
    [Trait("Behaviour", "B81")]
    public void Turn_WhereFlowIsSuppressed_LeavesItSuppressed()
    {
        _flowing.Value = "host";
        _loop.Post(() => _flowing.Value = "callback");

        using (ExecutionContext.SuppressFlow())
        {
            _loop.RunUntilIdle();
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.Equal("host", _flowing.Value);
    }

    private void OnAThread(string value, string culture, Action action)
    {
        var thread = new Thread(() =>
        {
            _flowing.Value = value;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            action();
        });
        thread.Start();
        thread.Join();
    }
}
