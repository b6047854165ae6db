using Fibula.Testing;
using Fibula.Tests.Loops;
using Fibula.Tests.Toolkits;

namespace Fibula.Tests.Faults;

/// <summary>A function of the program's own that returns null where a task is wanted: the fault says which one, and what to return.</summary>
public sealed class NullTaskTests
{
    private const string WhatToReturn = "returned null instead of a task. Return Task.CompletedTask where there is nothing to await.";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestLoop _loop = StartedLoop.Create();

    [Fact]
    public void RunEvery_WorkThatReturnsNull_IsAFaultThatSaysWhatToReturn()
    {
        var window = new TaskScope(_loop, "window");

        window.RunEvery(Second, Task () => null!, new TaskOptions { Name = "Refresh" });
        _loop.Advance(Second);

        Assert.Equal($"The work of task 'Refresh' {WhatToReturn}", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    [Trait("Behaviour", "B80")]
    public void Click_WindowsQuestionThatReturnsNull_IsAFaultThatSaysWhatToReturnAndTheWindowStays()
    {
        _loop.UseFibula();
        _loop.RunUntilIdle();
        var window = new FakeWindow(_loop, "Import");
        window.WaitForTasks(static () => null!);

        window.Click();
        _loop.RunUntilIdle();

        Assert.Equal($"The question of 'Import' {WhatToReturn}", Assert.Single(_loop.UnhandledFaults).Exception.Message);
        Assert.True(window.IsOpen);
        Assert.False(window.IsHeldBack);
    }

    [Fact]
    [Trait("Behaviour", "B40")]
    public void RequestCloseAsync_AnswerThatIsNull_IsAFaultThatSaysWhatToReturnAndTheScopeStays()
    {
        UiApp app = _loop.UseFibula(options => options.OnAsk = static _ => null!);
        _loop.RunUntilIdle();
        TaskScope window = app.Tasks.CreateChild("Import");
        BackgroundTask task = window.Run(task => task.Delay(TimeSpan.FromHours(1)), new TaskOptions { OnClose = ClosePolicy.Ask });

        Task<CloseReport?> close = window.RequestCloseAsync();
        _loop.RunUntil(() => close.IsCompleted && _loop.UnhandledFaults.Count > 0);

        Assert.Null(close.Result);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.Equal($"The question about 'Import' {WhatToReturn}", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    [Trait("Behaviour", "B7")]
    public void RequestExitAsync_OnExitThatReturnsNull_IsAFaultAndTheAppStays()
    {
        UiApp app = _loop.UseFibula(options => options.OnExit = static _ => null!);
        _loop.RunUntilIdle();

        Task<ExitDecision> decision = app.RequestExitAsync();
        _loop.RunUntilEnded(decision);
        _loop.RunUntilIdle();

        Assert.Equal(ExitDecision.HookFailed, decision.Result);
        Assert.Equal($"The work of task 'OnExitAsync' {WhatToReturn}", Assert.Single(_loop.UnhandledFaults).Exception.Message);
        Assert.Null(app.CloseReport);
    }

    [Fact]
    public void OnRunning_ThatReturnsNull_IsAFaultThatSaysWhatToReturn()
    {
        _loop.UseFibula(options => options.OnRunning = static () => null!);

        _loop.RunUntilIdle();

        Assert.Equal($"The work of task 'OnRunningAsync' {WhatToReturn}", Assert.Single(_loop.UnhandledFaults).Exception.Message);
    }

    [Fact]
    public void EventLoopRun_ProgramThatReturnsNull_ThrowsWhatToReturn()
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(() => EventLoop.Run(Task (_) => null!)));
        thread.Start();
        thread.Join();

        Assert.Equal($"The work of task 'Main' {WhatToReturn}", Assert.IsType<InvalidOperationException>(error).Message);
    }
}
