using Bunit;

namespace Fibula.Blazor.Tests.Components;

public sealed class FaultTests
{
    private static readonly InvalidOperationException Broken = new("There are no prices.");

    [Fact, Trait("Behaviour", "B47")]
    public async Task AFaultOfAComponent_IsShownByTheErrorBoundaryAroundIt()
    {
        await using var circuit = await Circuit.OpenAsync();

        var page = circuit.Show<Boundary>(p => p.Add(boundary => boundary.AtStart, FailAsync));

        await page.WaitForAssertionAsync(() => page.MarkupMatches("<p>There are no prices.</p>"));
    }

    [Fact, Trait("Behaviour", "B47")]
    public async Task AFaultInsideAScopeOfAComponent_IsShownByTheErrorBoundaryAroundIt()
    {
        await using var circuit = await Circuit.OpenAsync();

        var page = circuit.Show<Boundary>(p => p.Add(boundary => boundary.AtStart, static task =>
        {
            TaskScope.Current!.CreateChild("inner").Run(FailAsync);
            return Task.CompletedTask;
        }));

        await page.WaitForAssertionAsync(() => page.MarkupMatches("<p>There are no prices.</p>"));
    }

    [Fact, Trait("Behaviour", "B47")]
    public async Task AFaultOfAComponentWithoutBoundary_IsAnErrorOfTheRenderer()
    {
        await using var circuit = await Circuit.OpenAsync();

        var worker = circuit.Show<Worker>().Instance;

        await circuit.InvokeAsync(() => worker.Tasks.Run(FailAsync));

        Assert.Same(Broken, await circuit.UnhandledAsync());
    }

    [Fact, Trait("Behaviour", "B47")]
    public async Task AFaultOfAComponentThatIsGone_IsAnErrorOfTheCircuit()
    {
        await using var circuit = await Circuit.OpenAsync();
        var page = circuit.Show<Boundary>(p => p.Add(boundary => boundary.AtStart, FailWhenToldAsync));
        await circuit.SettleAsync();

        page.Render(p => p.Add(boundary => boundary.ShowsWorker, false));

        Assert.Same(Broken, await circuit.ThrownAsync());
    }

    [Fact, Trait("Behaviour", "B47")]
    public async Task AFaultThatTheAppHandles_GoesNoFurther()
    {
        var seen = new TaskCompletionSource<TaskFault>();
        await using var circuit = await Circuit.OpenAsync(options => options.OnFault = fault =>
        {
            fault.Handled = true;
            seen.SetResult(fault);
        });

        var page = circuit.Show<Boundary>(p => p.Add(boundary => boundary.AtStart, FailAsync));
        var fault = await Circuit.Within(seen.Task);
        await circuit.SettleAsync();

        Assert.Equal("Worker", fault.ScopeName);
        page.MarkupMatches("<p></p>");
    }

    private static async Task FailWhenToldAsync(TaskContext task)
    {
        await task.Delay(Timeout.InfiniteTimeSpan).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        throw Broken;
    }

    private static async Task FailAsync(TaskContext task)
    {
        await Task.Yield();
        throw Broken;
    }
}
