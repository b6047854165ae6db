using Bunit;
using Fibula.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.Blazor.Tests.Components;

public sealed class RefreshTests
{
    [Fact, Trait("Behaviour", "B68")]
    public async Task Component_IsRenderedAgain_WhenItsTaskHasComeFurtherAndWhenItHasEnded()
    {
        await using var circuit = await Circuit.OpenAsync();
        var goOn = new TaskCompletionSource();
        var worker = circuit.Show<Worker>();

        await circuit.InvokeAsync(() => worker.Instance.Tasks.Run(async task =>
        {
            worker.Instance.Text = "half";
            task.Report(1, 2);
            await goOn.Task;
            worker.Instance.Text = "whole";
        }));

        await worker.WaitForAssertionAsync(() => worker.MarkupMatches("<p>half</p>"));
        goOn.SetResult();
        await worker.WaitForAssertionAsync(() => worker.MarkupMatches("<p>whole</p>"));
    }

    [Fact, Trait("Behaviour", "B74")]
    public async Task Component_WithManyReports_IsRenderedOncePerRefresh()
    {
        await using var circuit = await Circuit.OpenAsync();
        var worker = circuit.Show<Worker>();
        var tasks = await circuit.InvokeAsync(() => worker.Instance.Tasks);
        await circuit.SettleAsync();
        int before = worker.RenderCount;

        await circuit.InvokeAsync(() => tasks.Run(task =>
        {
            for (int number = 0; number < 10_000; number++)
            {
                task.Report(number, 10_000);
            }

            return task.Delay(Timeout.InfiniteTimeSpan);
        }));
        await circuit.SettleAsync();

        Assert.InRange(worker.RenderCount - before, 0, 2);
    }

    [Fact, Trait("Behaviour", "B74")]
    public async Task Component_WhoseTaskPauses_IsNotRenderedForItsEstimates()
    {
        var time = new FakeTimeProvider();
        await using var circuit = await Circuit.OpenAsync(clock: time);
        var pausing = circuit.Show<Worker>();
        var copy = await StartAsync(circuit, pausing);
        var other = await StartAsync(circuit, circuit.Show<Worker>());
        await ReportAsync(copy, 1);
        await ReportAsync(copy, 2);
        int before = pausing.RenderCount;

        time.Advance(TimeSpan.FromSeconds(10));
        await ReportAsync(other, 1);
        int inThePause = pausing.RenderCount;
        await ReportAsync(copy, 3);

        Assert.NotNull((await circuit.InvokeAsync(() => pausing.Instance.Tasks)).Snapshot().Tasks[0].Progress.Remaining);
        Assert.Equal((before, before + 1), (inThePause, pausing.RenderCount));

        Task ReportAsync(TaskContext task, int done)
        {
            // In this order: a refresh that waits for its time would read the rows before or after the report.
            task.Report(done, 10);
            time.Advance(TimeSpan.FromSeconds(1));
            return circuit.SettleAsync();
        }
    }

    [Fact, Trait("Behaviour", "B74")]
    public async Task Component_IsNotRendered_ForTasksOfOthers()
    {
        await using var circuit = await Circuit.OpenAsync();
        var idle = circuit.Show<Worker>();
        var busy = circuit.Show<Worker>();
        await circuit.InvokeAsync(() => _ = idle.Instance.Tasks);
        await circuit.SettleAsync();
        int before = idle.RenderCount;

        await circuit.InvokeAsync(() => busy.Instance.Tasks.Run(task =>
        {
            busy.Instance.Text = "busy";
            task.Report(1);
            return task.Delay(Timeout.InfiniteTimeSpan);
        }));
        await busy.WaitForAssertionAsync(() => busy.MarkupMatches("<p>busy</p>"));

        Assert.Equal(before, idle.RenderCount);
    }

    private static async Task<TaskContext> StartAsync(Circuit circuit, IRenderedComponent<Worker> worker)
    {
        var started = new TaskCompletionSource<TaskContext>();
        await circuit.InvokeAsync(() => worker.Instance.Tasks.Run(task =>
        {
            started.SetResult(task);
            return task.Delay(Timeout.InfiniteTimeSpan);
        }));
        return await Circuit.Within(started.Task);
    }
}
