using Bunit;
using Fibula.CompilerServices;
using Fibula.Diagnostics;

namespace Fibula.Blazor.Tests.Components;

public sealed class ComponentTasksTests
{
    [Fact, Trait("Behaviour", "B39")]
    public async Task Tasks_OfADisposedComponent_AreToldWithItsNameAndOthersRunOn()
    {
        await using var circuit = await Circuit.OpenAsync();
        var component = circuit.Show<Worker>(p => p.Add(worker => worker.AtStart, ForeverAsync)).Instance;
        BackgroundTask other = circuit.App.Tasks.Run(ForeverAsync);
        await circuit.SettleAsync();

        await circuit.LeaveAsync();

        Assert.Equal(BackgroundTaskState.Canceled, component.Started!.State);
        Assert.Equal("'Worker' was closed.", component.Started.CancelReason!.Message);
        Assert.Equal(BackgroundTaskState.Running, other.State);
    }

    [Fact, Trait("Behaviour", "B16")]
    public async Task Tasks_OfADisposedComponent_TakeNoMore()
    {
        await using var circuit = await Circuit.OpenAsync();
        var component = circuit.Show<Worker>().Instance;
        TaskScope tasks = await circuit.InvokeAsync(() => component.Tasks);

        await circuit.LeaveAsync();

        Assert.Equal(BackgroundTaskState.Canceled, tasks.Run(ForeverAsync).State);
        Assert.Same(tasks, await circuit.InvokeAsync(() => component.Tasks));
    }

    [Fact, Trait("Behaviour", "B16")]
    public async Task Tasks_OfAComponentThatFirstAsksAfterItWasDisposed_TakeNone()
    {
        await using var circuit = await Circuit.OpenAsync();
        var component = circuit.Show<Worker>().Instance;

        await circuit.LeaveAsync();
        BackgroundTask task = await circuit.InvokeAsync(() => component.Tasks.Run(ForeverAsync));

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.StartsWith("Scope 'Worker' is closed and takes no new tasks.", task.CancelReason?.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B18")]
    public async Task Tasks_OfEachComponent_AreAChildOfTheCircuit()
    {
        await using var circuit = await Circuit.OpenAsync(options => options.Name = "Prices");
        var first = circuit.Show<Worker>(p => p.Add(worker => worker.AtStart, ForeverAsync)).Instance;
        var second = circuit.Show<Worker>(p => p.Add(worker => worker.AtStart, ForeverAsync)).Instance;
        await circuit.SettleAsync();

        Assert.NotSame(first.Started!.Scope, second.Started!.Scope);
        Assert.Equal(["Worker", "Worker"], circuit.App.Tasks.Snapshot().Children.Select(scope => scope.Name));
    }

    [Fact, Trait("Behaviour", "B39")]
    public async Task Dispose_OfAComponentThatHasOne_IsStillCalled()
    {
        await using var circuit = await Circuit.OpenAsync();
        var component = circuit.Show<DisposableWorker>().Instance;
        BackgroundTask task = await circuit.InvokeAsync(() => component.Tasks.Run(ForeverAsync));

        await circuit.LeaveAsync();

        Assert.True(component.IsDisposed);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact, Trait("Behaviour", "B39")]
    public async Task CloseTasksAsync_InAComponentsOwnDisposeAsync_EndsItsTasks()
    {
        await using var circuit = await Circuit.OpenAsync();
        var component = circuit.Show<AsyncDisposableWorker>().Instance;
        BackgroundTask task = await circuit.InvokeAsync(() => component.Tasks.Run(ForeverAsync));

        await circuit.LeaveAsync();

        Assert.True(component.IsDisposed);
        Assert.Equal(BackgroundTaskState.Canceled, task.State);
    }

    [Fact, Trait("Behaviour", "B39")]
    public async Task CloseTasksAsync_AfterAnAwaitThatLeftTheCircuit_EndsItsTasks()
    {
        await using var circuit = await Circuit.OpenAsync();
        var component = circuit.Show<Worker>(p => p.Add(worker => worker.AtStart, ForeverAsync)).Instance;
        await circuit.SettleAsync();

        await Circuit.Within(Task.Run(component.CloseTasksAsync, Xunit.TestContext.Current.CancellationToken));

        Assert.Equal(BackgroundTaskState.Canceled, component.Started!.State);
        Assert.Equal(BackgroundTaskState.Canceled, (await circuit.InvokeAsync(() => component.Tasks.Run(ForeverAsync))).State);
    }

    [Fact, Trait("Behaviour", "B39")]
    public async Task CloseTasksAsync_InAnotherCircuit_EndsItsTasks()
    {
        await using var circuit = await Circuit.OpenAsync();
        await using var other = await Circuit.OpenAsync();
        var component = circuit.Show<Worker>(p => p.Add(worker => worker.AtStart, ForeverAsync)).Instance;
        await circuit.SettleAsync();

        await Circuit.Within(await other.InvokeAsync(component.CloseTasksAsync));

        Assert.Equal("'Worker' was closed.", component.Started!.CancelReason?.Message);
    }

    [Fact, Trait("Behaviour", "B78")]
    public async Task WhatAComponentHasForgotten_IsItsOwn()
    {
        await using var circuit = await Circuit.OpenAsync();
        var component = circuit.Show<Worker>().Instance;
        var forgotten = new TaskCompletionSource();

        // What the generated code does with a call that a method of the component drops.
        await circuit.InvokeAsync(() => ForgottenTask.Own(forgotten.Task, component, "LoadAsync", null, 0));

        TaskScope tasks = await circuit.InvokeAsync(() => component.Tasks);
        Assert.Equal(["LoadAsync"], tasks.Snapshot().Tasks.Select(task => task.Name));
        forgotten.SetResult();
    }

    [Fact, Trait("Behaviour", "B58")]
    public async Task Tasks_InAnEventOfAnotherUser_SayWhereToAsk()
    {
        await using var first = await Circuit.OpenAsync();
        await using var second = await Circuit.OpenAsync();
        var component = second.Show<Worker>().Instance;

        string message = await first.InvokeAsync(() => Assert.Throws<InvalidOperationException>(() => component.Tasks).Message);

        Assert.Equal(
            "Tasks of 'Worker' were asked for outside the circuit of its user, such as in an event of another user's. "
            + "Ask there: use 'await InvokeAsync(…)' of the component.",
            message);
    }

    [Fact, Trait("Behaviour", "B15")]
    public async Task TwoCircuits_SeeNothingOfEachOther()
    {
        await using var first = await Circuit.OpenAsync(options => options.Name = "first");
        await using var second = await Circuit.OpenAsync(options => options.Name = "second");

        var component = second.Show<Worker>(p => p.Add(worker => worker.AtStart, ForeverAsync)).Instance;
        await second.SettleAsync();
        await first.Loop.CloseAsync();

        Assert.Empty(first.App.Tasks.Snapshot().Children);
        Assert.Equal(BackgroundTaskState.Running, component.Started!.State);
        Assert.Equal("second", await second.InvokeAsync(() => TaskScope.Current!.Name));
    }

    [Fact, Trait("Behaviour", "B58")]
    public async Task CheckAccess_HoldsOnAnyPoolThreadThatIsInTheCircuitAndInNoOther()
    {
        await using var first = await Circuit.OpenAsync();
        await using var second = await Circuit.OpenAsync();

        var seen = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() =>
            first.InvokeAsync(() => (first.Loop.CheckAccess(), second.Loop.CheckAccess())))));

        Assert.All(seen, access => Assert.Equal((true, false), access));
        Assert.False(first.Loop.CheckAccess());
    }

    [Fact]
    public async Task Tasks_WithoutAnApp_SayWhatToDo()
    {
        using var context = new BunitContext();
        context.Renderer.SetRendererInfo(new("Server", isInteractive: true));
        var component = context.Render<Worker>();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => component.InvokeAsync(() => _ = component.Instance.Tasks));

        Assert.Equal(
            "There is no app that could own tasks of 'Worker' here. Call UseFibula() after AddInteractiveServerComponents(), "
            + "and ask for the tasks where the component may be touched.",
            error.Message);
    }

    private static Task ForeverAsync(TaskContext task) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
}
