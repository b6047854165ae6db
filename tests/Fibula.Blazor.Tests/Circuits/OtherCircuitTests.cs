using Bunit;
using Fibula.Blazor.Tests.Components;
using Fibula.CompilerServices;
using Fibula.Diagnostics;
using Fibula.Testing;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Circuit = Fibula.Blazor.Tests.Components.Circuit;

namespace Fibula.Blazor.Tests.Circuits;

/// <summary>Circuits of one process, whose tasks and handlers reach each other: nothing of one lands with the other.</summary>
public sealed class OtherCircuitTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _never = new();
    private Circuit _red = null!;
    private Circuit _blue = null!;
    private Worker _page = null!;

    public async ValueTask InitializeAsync()
    {
        _red = await Circuit.OpenAsync(options => options.Name = "red");
        _blue = await Circuit.OpenAsync(options => options.Name = "blue");
        _page = _blue.Show<Worker>().Instance;
    }

    public async ValueTask DisposeAsync()
    {
        _never.SetResult();
        await _red.DisposeAsync();
        await _blue.DisposeAsync();
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatAPageDropsInAnotherCircuit_IsItsOwnCircuits()
    {
        await _red.InvokeAsync(() => Drop(_page));

        AssertIsBlues();
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatAPageDropsInATaskOfAnotherCircuit_IsItsOwnCircuits()
    {
        await await _red.InvokeAsync(() => _red.App.Tasks.Run(DropAsync).AsTask());

        AssertIsBlues();

        async Task DropAsync()
        {
            await Task.Yield();
            Drop(_page);
            await _blue.InvokeAsync(() => Drop(null));
            await Task.Run(() => Drop(_page));
        }
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatAPageDropsOnThePool_IsItsOwnCircuits()
    {
        await Task.Run(() => Drop(_page), Xunit.TestContext.Current.CancellationToken);

        AssertIsBlues();
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatIsDroppedInACallbackOfAnotherCircuit_IsThatCircuits_EvenInTheMiddleOfATaskOfTheFirst()
    {
        TaskScope? current = null;

        await await _red.InvokeAsync(() => _red.App.Tasks.Run(async () => await _blue.InvokeAsync(() =>
        {
            current = TaskScope.Current;
            Drop(null);
        })).AsTask());

        await Circuit.Within(_blue.SettleAsync());
        Assert.Same(_blue.App.Tasks, current);
        AssertIsBlues();
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task ATaskThatAwaitsATaskOfAnotherCircuit_DoesNotShowItsName()
    {
        BackgroundTask secret = await _blue.InvokeAsync(() => _blue.App.Tasks.Run(() => _never.Task, new TaskOptions { Name = "a secret of blue" }));

        BackgroundTask waiter = await _red.InvokeAsync(() => _red.App.Tasks.Run(async () => await secret));
        await _red.SettleAsync();

        Assert.DoesNotContain(secret.Name, waiter.Explain(), StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task Tasks_OfAPageInAnotherCircuit_AreRefused()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _red.InvokeAsync(() => _ = _page.Tasks));

        Assert.StartsWith("Tasks of 'Worker' were asked for outside the circuit of its user", error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatAPageOfAnUnknownRendererDrops_IsNoUsers()
    {
        using var unknown = new BunitContext();
        Worker page = unknown.Render<Worker>().Instance;
        TaskScope? current = _red.App.Tasks;

        await await _red.InvokeAsync(() => _red.App.Tasks.Run(async () =>
        {
            Drop(page);
            await unknown.Renderer.Dispatcher.InvokeAsync(() =>
            {
                current = TaskScope.Current;
                Drop(null);
            });
        }).AsTask());

        Assert.Null(current);
        Assert.Equal([], Dropped(_red));
        Assert.Equal([], Dropped(_blue));
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatIsDroppedInACircuitWhoseAppHasLeft_IsNoUsers()
    {
        await Circuit.Within(_blue.Loop.CloseAsync());

        await await _red.InvokeAsync(() => _red.App.Tasks.Run(async () => await _blue.InvokeAsync(() => Drop(null))).AsTask());

        Assert.Equal([], Dropped(_red));
        Assert.Equal([], Dropped(_blue));
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task WhatIsDroppedOnThePool_IsNotTheOnlyDesktopApps_InAProcessThatHasServedUsers()
    {
        var desktop = new TestLoop();
        UiApp app = desktop.UseFibula();
        desktop.RunUntilIdle();

        // A thread of its own: the pool might take the one that made the loop.
        await Task.Factory.StartNew(() => Drop(null), Xunit.TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Empty(app.Tasks.Snapshot().Tasks);
        desktop.End();
    }

    [Fact, Trait("Behaviour", "B88")]
    public async Task OtherHandlersOfACircuitThatOpens_FindItsApp_WhateverTheirPlace()
    {
        var handler = new LookingHandler();
        await using var server = new ServerCircuits(builder =>
        {
            builder.Services.AddSingleton<CircuitHandler>(handler);
            builder.UseFibula(options => options.Name = "opened");
        });
        await using var circuit = server.NewCircuit();

        await server.OpenAsync(circuit);

        Assert.Equal("opened", handler.Seen);
        await server.CloseAsync(circuit);
    }

    private void Drop(object? receiver) => ForgottenTask.Own(_never.Task, receiver, "dropped", null, 0);

    private void AssertIsBlues()
    {
        Assert.Equal([], Dropped(_red));
        Assert.NotEmpty(Dropped(_blue));
    }

    private static IEnumerable<string> Dropped(Circuit circuit) => Names(circuit.App.Tasks.Snapshot()).Where(name => name == "dropped");

    private static IEnumerable<string> Names(ScopeSnapshot scope) => scope.Tasks.Select(task => task.Name).Concat(scope.Children.SelectMany(Names));

    private sealed class LookingHandler : CircuitHandler
    {
        public string? Seen { get; private set; }

        public override Task OnCircuitOpenedAsync(Microsoft.AspNetCore.Components.Server.Circuits.Circuit circuit, CancellationToken cancellationToken)
        {
            Seen = TaskScope.Current?.Name;
            return Task.CompletedTask;
        }
    }
}
