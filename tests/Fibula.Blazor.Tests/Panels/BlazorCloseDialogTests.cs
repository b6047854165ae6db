using Bunit;
using Fibula.Blazor.Tests.Components;
using Fibula.Tests.Conformance;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.Blazor.Tests.Panels;

public sealed class BlazorCloseDialogTests
{
    private readonly TaskCompletionSource _progress = new();
    private readonly TaskCompletionSource _finish = new();
    private BackgroundTask _task = null!;

    [Fact, Trait("Behaviour", "B40")]
    public async Task LeavingAPageWhoseTaskAsks_ShowsTheTaskAndFollowsIt()
    {
        var time = new FakeTimeProvider();
        await using var circuit = await Circuit.OpenAsync(clock: time);
        var shell = await AskAsync(circuit);

        Assert.Equal("A task is still running. Close 'AskingPage'?", shell.Find("dialog p").TextContent);
        Assert.Equal("Export: 25 %, 0:00", shell.Find("dialog li").TextContent);
        Assert.Equal(["Wait for it", "Cancel it", "Keep it running", "Stay"], shell.FindAll("dialog button").Select(button => button.TextContent));
        Assert.True(shell.FindAll("dialog button")[0].HasAttribute("autofocus"));
        _progress.SetResult();
        await shell.WaitForAssertionAsync(() => Assert.Equal("Export: 75 %, 0:00", shell.Find("dialog li").TextContent));
        time.Advance(TimeSpan.FromSeconds(1));
        await shell.WaitForAssertionAsync(() => Assert.Equal("Export: 75 %, 0:01", shell.Find("dialog li").TextContent));
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task Wait_LeavesThePageAfterTheTask()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = await AskAsync(circuit);

        await ClickAsync(shell, "Wait for it");
        await shell.WaitForAssertionAsync(() => Assert.Empty(shell.FindAll("dialog")));
        (bool IsOpen, BackgroundTaskState State) meanwhile = (shell.HasComponent<AskingPage>(), _task.State);
        Finish();
        await shell.WaitForAssertionAsync(() => Assert.False(shell.HasComponent<AskingPage>()));

        Assert.Equal((true, BackgroundTaskState.Running), meanwhile);
        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task Cancel_TellsTheTaskAndLeavesThePage()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = await AskAsync(circuit);

        await ClickAsync(shell, "Cancel it");
        await shell.WaitForAssertionAsync(() => Assert.False(shell.HasComponent<AskingPage>()));

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task KeepItRunning_LeavesThePageAtOnce_AndTheCircuitHasTheTask()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = await AskAsync(circuit);

        await ClickAsync(shell, "Keep it running");
        await shell.WaitForAssertionAsync(() => Assert.False(shell.HasComponent<AskingPage>()));

        Assert.Equal(BackgroundTaskState.Running, _task.State);
        Assert.Same(circuit.App.Tasks, _task.Scope);
    }

    [Theory, Trait("Behaviour", "B40")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stay_ByItsButtonOrEscape_LeavesEverythingAsItWas_AndTheNextTimeAsksAgain(bool isEscape)
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = await AskAsync(circuit);

        // A browser closes the element on Escape.
        await (isEscape ? shell.Find("dialog").TriggerEventAsync("onclose", EventArgs.Empty) : ClickAsync(shell, "Stay"));
        await shell.WaitForAssertionAsync(() => Assert.Empty(shell.FindAll("dialog")));
        await circuit.SettleAsync();
        Assert.Equal((true, BackgroundTaskState.Running), (shell.HasComponent<AskingPage>(), _task.State));

        await GoUntilAskedAsync(circuit, shell);
        Assert.Equal(BackgroundTaskState.Running, _task.State);
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task TheEndOfTheTask_TakesTheQuestionBackAndLeavesThePage()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = await AskAsync(circuit);

        Finish();
        await shell.WaitForAssertionAsync(() => Assert.False(shell.HasComponent<AskingPage>()));
        await shell.WaitForAssertionAsync(() => Assert.Empty(shell.FindAll("dialog")));

        Assert.Equal(BackgroundTaskState.Succeeded, _task.State);
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task TwoClicks_AskOnce()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = await AskAsync(circuit);

        await circuit.InvokeAsync(() => circuit.Navigation.NavigateTo("another"));
        await circuit.SettleAsync();
        await ClickAsync(shell, "Stay");
        await circuit.SettleAsync();
        await circuit.SettleAsync();

        Assert.Empty(shell.FindAll("dialog"));
        Assert.True(shell.HasComponent<AskingPage>());
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task TwoQuestions_AreAskedOneAfterTheOther()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = await AskAsync(circuit);
        Task<CloseReport?> close = await circuit.InvokeAsync(() =>
        {
            TaskScope other = circuit.App.Tasks.CreateChild("other");
            other.Run(ForeverAsync, new TaskOptions { OnClose = ClosePolicy.Ask });
            return other.RequestCloseAsync();
        });

        await circuit.SettleAsync();
        Assert.Single(shell.FindAll("dialog"));
        await ClickAsync(shell, "Stay");
        await shell.WaitForAssertionAsync(() => Assert.Contains("Close 'other'?", shell.Find("dialog p").TextContent, StringComparison.Ordinal));
        await ClickAsync(shell, "Cancel it");

        Assert.Single((await Circuit.Within(close))!.Canceled);
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task APageWithoutTheDialog_CancelsTheTask()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = circuit.Show<Shell>();
        await StartAsync(circuit, shell.FindComponent<AskingPage>().Instance);

        await circuit.InvokeAsync(() => circuit.Navigation.NavigateTo("other"));
        await shell.WaitForAssertionAsync(() => Assert.False(shell.HasComponent<AskingPage>()));

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    [Fact, Trait("Behaviour", "B40")]
    public async Task ACircuitThatCloses_WaitsForNoAnswer()
    {
        var circuit = await Circuit.OpenAsync();
        await AskAsync(circuit);

        await Circuit.Within(circuit.Loop.CloseAsync());
        await circuit.DisposeAsync();

        Assert.Equal(BackgroundTaskState.Canceled, _task.State);
    }

    private async Task<IRenderedComponent<ExportShell>> AskAsync(Circuit circuit)
    {
        var shell = circuit.Show<ExportShell>();
        await StartAsync(circuit, shell.FindComponent<AskingPage>().Instance);
        await circuit.InvokeAsync(() => circuit.Navigation.NavigateTo("other"));
        await shell.WaitForElementAsync("dialog");
        return shell;
    }

    // As long as the page takes its answer in, it hears no other wish.
    private static Task GoUntilAskedAsync(Circuit circuit, IRenderedComponent<ExportShell> shell) => Polling.UntilAsync(async () =>
    {
        await circuit.InvokeAsync(() => circuit.Navigation.NavigateTo("other"));
        await circuit.SettleAsync();
        return shell.FindAll("dialog").Count > 0;
    });

    private async Task StartAsync(Circuit circuit, AskingPage page) => _task = await circuit.InvokeAsync(() => page.Tasks.Run(
        async task =>
        {
            task.Report(1, 4);
            await _progress.Task.WaitAsync(task.CancellationToken);
            task.Report(3, 4);
            await _finish.Task.WaitAsync(task.CancellationToken);
        },
        new TaskOptions { Name = "Export", OnClose = ClosePolicy.Ask }));

    private void Finish()
    {
        _progress.SetResult();
        _finish.SetResult();
    }

    private static Task ClickAsync<T>(IRenderedComponent<T> shell, string button)
        where T : IComponent =>
        shell.FindAll("dialog button").Single(known => known.TextContent == button).ClickAsync();

    private static Task ForeverAsync(TaskContext task) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
}
