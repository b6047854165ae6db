using Bunit;
using Fibula.Blazor.Tests.Components;

namespace Fibula.Blazor.Tests.Panels;

public sealed class BlazorTaskPanelTests
{
    [Fact, Trait("Behaviour", "B71")]
    public async Task Panel_ListsTheTasksOfTheCircuit_WithNameStateAndProgress()
    {
        await using var circuit = await Circuit.OpenAsync();
        var panel = circuit.Show<BlazorTaskPanel>();
        panel.Find("p").MarkupMatches("<p>No task is running.</p>");

        await StartAsync(circuit);

        await panel.WaitForAssertionAsync(() => Assert.Equal("Import (files): page 3", panel.Find("th[scope=row]").TextContent));
        Assert.Equal("Running", panel.Find("td").TextContent);
        Assert.Equal("0.3", panel.Find("progress").GetAttribute("value"));
        Assert.Contains("30 %", panel.Markup, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "B79")]
    public async Task Panel_TaskStoppedByATokenOfItsOwn_SaysSo()
    {
        await using var circuit = await Circuit.OpenAsync();
        var panel = circuit.Show<BlazorTaskPanel>();
        using var own = new CancellationTokenSource();
        await circuit.InvokeAsync(() => circuit.App.Tasks.Run(
            () => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, own.Token),
            new TaskOptions { Name = "Search" }));

        await own.CancelAsync();

        await panel.WaitForAssertionAsync(() => Assert.StartsWith("Search: stopped by a token of its own (", panel.Find("th[scope=row]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Canceled", panel.Find("td").TextContent);
    }

    [Fact, Trait("Behaviour", "B34")]
    public async Task CancelButton_EndsTheTaskOfItsRow()
    {
        await using var circuit = await Circuit.OpenAsync();
        var panel = circuit.Show<BlazorTaskPanel>();
        BackgroundTask task = await StartAsync(circuit);
        await panel.WaitForElementAsync("button");

        await panel.Find("button[aria-label='Cancel Import']").ClickAsync();

        await panel.WaitForAssertionAsync(() => panel.Find("p").MarkupMatches("<p>No task is running.</p>"));
        Assert.Equal("'Import' was canceled in the task list.", task.CancelReason!.Message);
    }

    [Fact, Trait("Behaviour", "B71")]
    public async Task Panel_OfAScope_ListsOnlyItsTasks()
    {
        await using var circuit = await Circuit.OpenAsync();
        TaskScope other = circuit.App.Tasks.CreateChild("other");

        var panel = circuit.Show<BlazorTaskPanel>(p => p.Add(panel => panel.Scope, other));
        await StartAsync(circuit);
        await circuit.InvokeAsync(() => other.Run(ForeverAsync));

        await panel.WaitForAssertionAsync(() => Assert.Equal("ForeverAsync (other)", Assert.Single(panel.FindAll("th[scope=row]")).TextContent));
    }

    [Fact]
    public void Panel_WhilePrerendering_ShowsAnEmptyTable()
    {
        using var page = new BunitContext();

        var panel = page.Render<BlazorTaskPanel>();

        panel.Find("p").MarkupMatches("<p>No task is running.</p>");
    }

    private static Task<BackgroundTask> StartAsync(Circuit circuit) => circuit.InvokeAsync(() => circuit.App.Tasks.CreateChild("files").Run(
        task =>
        {
            task.Report(3, 10, "page 3");
            return ForeverAsync(task);
        },
        new TaskOptions { Name = "Import" }));

    private static Task ForeverAsync(TaskContext task) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
}
