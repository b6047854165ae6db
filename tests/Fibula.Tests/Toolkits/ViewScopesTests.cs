using System.Runtime.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Toolkits;

namespace Fibula.Tests.Toolkits;

public sealed class ViewScopesTests
{
    private readonly TestLoop _loop = new();
    private readonly FakeScopes _scopes;
    private readonly FakeView _window = new("Main", isWindow: true);

    public ViewScopesTests()
    {
        _loop.UseFibula();
        _loop.RunUntilIdle();
        _scopes = new FakeScopes(_loop);
    }

    [Fact]
    public void Of_AViewInAWindow_IsAChildOfTheWindowsScope()
    {
        var panel = new FakeView("panel") { Parent = _window };
        var list = new FakeView("list") { Parent = panel };

        Run(list);

        ScopeSnapshot window = Assert.Single(_loop.App!.Tasks.Snapshot().Children);
        Assert.Equal(("Main", "list"), (window.Name, Assert.Single(window.Children).Name));
    }

    [Fact]
    public void Of_AViewInNoWindow_IsAChildOfTheAppsScope()
    {
        Run(new FakeView("list"));

        Assert.Equal(["list"], _loop.App!.Tasks.Snapshot().Children.Select(static child => child.Name));
    }

    [Fact]
    public void Of_TheSameViewAgain_IsTheSameScopeAndWatchesOnce()
    {
        var list = new FakeView("list") { Parent = _window };

        TaskScope first = _scopes.Of(list);
        list.Parent = null;

        // The list, and the window that it was in.
        Assert.Same(first, _scopes.Of(list));
        Assert.Equal(2, _scopes.Watched);
    }

    [Fact]
    [Trait("Behaviour", "B39")]
    public void CloseAsync_OfAViewAroundOthers_TellsThoseAndNotTheWindow()
    {
        var panel = new FakeView("panel") { Parent = _window };
        BackgroundTask outer = Run(panel);
        BackgroundTask inner = Run(new FakeView("list") { Parent = panel });
        BackgroundTask ofWindow = Run(_window);

        _ = _scopes.CloseAsync(panel);
        _loop.RunUntilIdle();

        Assert.Equal(
            [BackgroundTaskState.Canceled, BackgroundTaskState.Canceled, BackgroundTaskState.Running],
            [outer.State, inner.State, ofWindow.State]);
        Assert.Equal("'panel' was closed.", inner.CancelReason!.Message);
    }

    [Fact]
    [Trait("Behaviour", "B16")]
    public void CloseAsync_OfAViewBeforeItsFirstTask_TakesNone()
    {
        var list = new FakeView("list") { Parent = _window };
        _scopes.Of(list);

        Task closed = _scopes.CloseAsync(list);
        _loop.RunUntilIdle();

        Assert.True(closed.IsCompletedSuccessfully);
        Assert.Equal(BackgroundTaskState.Canceled, Run(list).State);
    }

    [Fact]
    [Trait("Behaviour", "B14")]
    public void Of_AViewThatNobodyHolds_HoldsItNeither()
    {
        WeakReference list = RunInAViewThatGoes();

        for (int round = 0; list.IsAlive && round < 100; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(list.IsAlive);
        Assert.Equal(["Main"], _scopes.ScopesIn(_window).Select(static scope => scope.Name));
    }

    [Fact]
    [Trait("Behaviour", "B23")]
    public void NotifyShown_OfAViewWithWorkWhileItIsShown_BeginsAndStopsIt()
    {
        var list = new FakeView("list") { Parent = _window };
        int begun = 0;
        _scopes.Of(_window);
        _scopes.IsShownAtFirst = false;
        _scopes.Of(list).RunWhileShown(task =>
        {
            begun++;
            return new TaskCompletionSource().Task.WaitAsync(task.CancellationToken);
        });

        int[] counts = [.. new[] { false, true, true, false, true }.Select(isShown =>
        {
            _scopes.Show(list, isShown);
            _loop.RunUntilIdle();
            return begun;
        })];

        Assert.Equal([0, 1, 1, 1, 2], counts);
    }

    [Fact]
    public void Of_AViewOfALoopWithoutAnApp_SaysWhatToDo()
    {
        var scopes = new FakeScopes(new TestLoop());

        var error = Assert.Throws<InvalidOperationException>(() => scopes.Of(new FakeView("list")));

        Assert.Equal("The loop of 'list' has no app yet that could own tasks. Call UseFibula() first.", error.Message);
    }

    [Fact]
    public void Of_AViewThatCannotBeWatched_ThrowsEachTime()
    {
        var list = new FakeView("list");
        _scopes.WatchError = new ObjectDisposedException("list");

        Assert.Throws<ObjectDisposedException>(() => { _scopes.Of(list); });
        Assert.Throws<ObjectDisposedException>(() => { _scopes.Of(list); });
        _scopes.WatchError = null;

        Assert.Equal("list", _scopes.Of(list).Name);
        Assert.Equal(3, _scopes.Watched);
    }

    [Fact]
    public void View_Null_IsRefusedByItsName()
    {
        Assert.Throws<ArgumentNullException>("view", () => { _scopes.Of(null!); });
        Assert.Throws<ArgumentNullException>("view", Close);
        Assert.Throws<ArgumentNullException>("view", () => { _scopes.ScopesIn(null!); });
        Assert.Throws<ArgumentNullException>("view", () => _scopes.Renew(null!));
        Assert.Throws<ArgumentNullException>("view", () => _scopes.TakeOut(null!));
        Assert.Throws<ArgumentNullException>("view", () => _scopes.PutBack(null!, _window));
        Assert.Throws<ArgumentNullException>("view", () => _scopes.Show(null!, isShown: true));

        void Close() => _ = _scopes.CloseAsync(null!);
    }

    [Fact]
    [Trait("Behaviour", "B39")]
    public void CloseAsync_OfAWindow_TellsWhatIsInItAndNothingElse()
    {
        var list = new FakeView("list") { Parent = _window };
        BackgroundTask inIt = Run(list);
        BackgroundTask elsewhere = Run(new FakeView("Other", isWindow: true));

        _ = _scopes.CloseAsync(_window);
        _loop.RunUntilIdle();

        Assert.Equal((BackgroundTaskState.Canceled, BackgroundTaskState.Running), (inIt.State, elsewhere.State));
        Assert.Equal("'Main' was closed.", inIt.CancelReason!.Message);
    }

    [Fact]
    [Trait("Behaviour", "B96")]
    public void ScopesIn_AWindow_HasAlsoTheScopeThatAViewGotBeforeItWasInIt()
    {
        var list = new FakeView("list");
        TaskScope early = _scopes.Of(list);

        list.Parent = _window;

        Assert.Equal([early], _scopes.ScopesIn(_window));
    }

    [Fact]
    public void Leave_AViewThatIsBackATurnLater_KeepsItsTasks()
    {
        var list = new FakeView("list") { Parent = _window };
        BackgroundTask task = Run(list);

        _scopes.TakeOut(list);
        list.Parent = new FakeView("panel") { Parent = _window };
        _loop.RunUntilIdle();

        Assert.Equal(BackgroundTaskState.Running, task.State);
    }

    [Fact]
    [Trait("Behaviour", "B16")]
    public void Return_AViewThatWasTakenOut_HasANewScope()
    {
        var list = new FakeView("list") { Parent = _window };
        BackgroundTask told = Run(list);
        _scopes.TakeOut(list);
        _loop.RunUntilIdle();
        BackgroundTask late = Run(list);

        _scopes.PutBack(list, _window);
        BackgroundTask again = Run(list);

        Assert.Equal(
            [BackgroundTaskState.Canceled, BackgroundTaskState.Canceled, BackgroundTaskState.Running],
            [told.State, late.State, again.State]);
    }

    // In a method of its own: the test must hold no view.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RunInAViewThatGoes()
    {
        var list = new FakeView("list") { Parent = _window };
        BackgroundTask task = Run(list);
        _scopes.TakeOut(list);
        _loop.RunUntilEnded(task);
        return new WeakReference(list);
    }

    private BackgroundTask Run(FakeView view)
    {
        BackgroundTask task = _scopes.Of(view).Run(static token => new TaskCompletionSource().Task.WaitAsync(token));
        _loop.RunUntilIdle();
        return task;
    }

    private sealed class FakeView(string name, bool isWindow = false)
    {
        public string Name => name;

        public bool IsWindow => isWindow;

        public FakeView? Parent { get; set; }
    }

    private sealed class FakeScopes(ToolkitLoop loop) : ViewScopes<FakeView>(loop)
    {
        public Exception? WatchError { get; set; }

        public int Watched { get; private set; }

        public bool IsShownAtFirst { get; set; } = true;

        public override string NameOf(FakeView view) => view.Name;

        public void TakeOut(FakeView view)
        {
            view?.Parent = null;
            Leave(view!);
        }

        public void PutBack(FakeView view, FakeView parent)
        {
            view?.Parent = parent;
            Return(view!);
        }

        public void Show(FakeView view, bool isShown) => NotifyShown(view, isShown);

        protected override bool IsShown(FakeView view) => IsShownAtFirst;

        protected override FakeView? ParentOf(FakeView view) => view.Parent;

        protected override bool IsWindow(FakeView view) => view.IsWindow;

        protected override bool IsGone(FakeView view) => view.Parent is null;

        protected override void Watch(FakeView view)
        {
            Watched++;
            if (WatchError is { } error)
            {
                throw error;
            }
        }
    }
}
