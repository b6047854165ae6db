using System.Runtime.CompilerServices;
using Fibula.Blazor.Tests.Components;
using Fibula.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fibula.Blazor.Tests.Circuits;

public sealed class UseFibulaTests
{
    [Fact, Trait("Behaviour", "B1")]
    public async Task UseFibula_WithAnAppClass_MakesOneForEachCircuit_WhichLivesInOrder()
    {
        await using var server = new ServerCircuits(builder => builder.UseFibula<ShopApp>());
        await using var first = server.NewCircuit();
        await using var second = server.NewCircuit();

        await server.OpenAsync(first);
        await server.OpenAsync(second);
        await server.CloseAsync(first);

        var app = (ShopApp)first.ServiceProvider.GetRequiredService<UiApp>();
        var other = (ShopApp)second.ServiceProvider.GetRequiredService<UiApp>();
        Assert.Equal(["Startup", "task", "OnRunningAsync", "SessionEnding"], app.Order);
        Assert.NotSame(app, other);
        Assert.NotNull(app.CloseReport);
        Assert.Null(other.CloseReport);
        await server.CloseAsync(second);
    }

    [Fact, Trait("Behaviour", "B4")]
    public async Task AStartupThatFails_IsTheErrorOfTheOpeningCircuit()
    {
        var broken = new InvalidOperationException("The shop is broken.");
        await using var server = new ServerCircuits(builder => builder.UseFibula(options => options.OnStartup = _ => throw broken));
        await using var circuit = server.NewCircuit();

        Assert.Same(broken, await Assert.ThrowsAsync<InvalidOperationException>(() => server.OpenAsync(circuit)));

        await server.CloseAsync(circuit);
        Assert.Equal(BackgroundTaskState.Canceled, circuit.ServiceProvider.GetRequiredService<TaskScope>().Run(() => Task.CompletedTask).State);
    }

    [Fact, Trait("Behaviour", "B11")]
    public async Task AServerThatStops_EndsTheTasksOfAllCircuits_WhateverTheirHooksSay()
    {
        List<ExitCause> causes = [];
        await using var server = new ServerCircuits(builder => builder.UseFibula(options => options.OnExit = cause =>
        {
            causes.Add(cause);
            return Task.FromResult(false);
        }));
        await using var circuit = server.NewCircuit();
        await server.OpenAsync(circuit);
        BackgroundTask task = circuit.ServiceProvider.GetRequiredService<TaskScope>().Run(ForeverAsync);

        await Circuit.Within(server.StopServerAsync());

        Assert.Equal(BackgroundTaskState.Canceled, task.State);
        Assert.Equal([ExitCause.SessionEnding], causes);
        await server.CloseAsync(circuit);
    }

    [Fact, Trait("Behaviour", "B11")]
    public async Task AServerThatTakesTooLongToStop_StopsWithoutAnError_AndNamesWhatStillRuns()
    {
        var log = new ServerLog();
        var goOn = new TaskCompletionSource();
        await using var server = new ServerCircuits(builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(log);
            builder.UseFibula();
        });
        await using var circuit = server.NewCircuit();
        await server.OpenAsync(circuit);
        TaskScope page = circuit.ServiceProvider.GetRequiredService<TaskScope>().CreateChild("page");
        page.Run(() => goOn.Task, new TaskOptions { Name = "export", OnClose = ClosePolicy.Finish(TimeSpan.FromHours(1)) });

        await Circuit.Within(server.StopServerAsync(new CancellationToken(canceled: true)));

        Assert.Equal(["Warning: The server stops while 'export (page)' of a circuit still runs."], log.Lines.Where(line => line.Contains("export", StringComparison.Ordinal)));
        goOn.SetResult();
        await server.CloseAsync(circuit);
    }

    [Fact, Trait("Behaviour", "B132")]
    public async Task Singletons_GetTheServersScope_WhichNoUserSees()
    {
        await using var server = new ServerCircuits(builder =>
        {
            builder.UseFibula();
            builder.Services.AddSingleton<AuditLog>();
        });
        await using var circuit = server.NewCircuit();
        await server.StartServerAsync();
        await server.OpenAsync(circuit);
        AuditLog audit = circuit.ServiceProvider.GetRequiredService<AuditLog>();

        audit.Write();
        await server.CloseAsync(circuit);
        bool hadWrittenBefore = audit.HasWritten;
        audit.Ready.SetResult();
        await server.StoppedServerAsync();

        Assert.False(hadWrittenBefore);
        Assert.True(audit.HasWritten);
        Assert.Equal("server", audit.Scope.Name);
        Assert.Empty(circuit.ServiceProvider.GetRequiredService<TaskScope>().Snapshot().Tasks);
    }

    [Fact, Trait("Behaviour", "B2")]
    public async Task Services_OfAPageThatIsOnlyPrerendered_TakeNoTask()
    {
        await using var server = new ServerCircuits(builder => builder.UseFibula());
        await using var request = server.NewCircuit();

        TaskScope scope = request.ServiceProvider.GetRequiredService<TaskScope>();

        Assert.Same(request.ServiceProvider.GetRequiredService<UiApp>().Tasks, scope);
        Assert.Equal(BackgroundTaskState.Canceled, scope.Run(ForeverAsync).State);
    }

    [Fact, Trait("Behaviour", "B14")]
    public async Task ACircuitThatWasClosed_IsNotKeptAlive()
    {
        await using var server = new ServerCircuits(builder => builder.UseFibula());

        var loop = await OpenAndCloseAsync(server);

        // All circuits of these tests are in one renderer, which remembers what it has run last.
        await OpenAndCloseAsync(server);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(loop.IsAlive);
    }

    [Fact, Trait("Behaviour", "B92")]
    public async Task CircuitsThatWereClosed_LetGoOfTheTasksThatOutliveThem()
    {
        await using var server = new ServerCircuits(builder => builder.UseFibula());
        List<WeakReference> waits = [];
        for (int circuit = 0; circuit < 200; circuit++)
        {
            waits.Add(await OpenAndCloseWithADeafTaskAsync(server));
        }

        await OpenAndCloseAsync(server);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.DoesNotContain(waits, wait => wait.IsAlive);
    }

    [Fact]
    public void UseFibula_CalledTwice_SaysSo()
    {
        var builder = new ServiceCollection().AddRazorComponents().AddInteractiveServerComponents().UseFibula();

        var error = Assert.Throws<InvalidOperationException>(() => builder.UseFibula());

        Assert.Equal("The server says UseFibula() already. Call it once: every circuit gets one app.", error.Message);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> OpenAndCloseAsync(ServerCircuits server)
    {
        await using var circuit = server.NewCircuit();
        await server.OpenAsync(circuit);
        UiApp app = circuit.ServiceProvider.GetRequiredService<UiApp>();
        app.Tasks.CreateChild("page").Run(ForeverAsync);
        await server.CloseAsync(circuit);
        return new WeakReference(app.Loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> OpenAndCloseWithADeafTaskAsync(ServerCircuits server)
    {
        await using var circuit = server.NewCircuit();
        await server.OpenAsync(circuit);
        UiApp app = circuit.ServiceProvider.GetRequiredService<UiApp>();
        app.Tasks.CloseGrace = TimeSpan.Zero;
        var never = new TaskCompletionSource();
        app.Tasks.CreateChild("page").Run(() => never.Task);
        await server.CloseAsync(circuit);
        Assert.Single(app.CloseReport!.Survivors);
        return new WeakReference(never);
    }

    private static Task ForeverAsync(TaskContext task) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
}
