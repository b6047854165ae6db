using Bunit;
using Fibula.Tests.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace Fibula.Blazor.Tests.Components;

public sealed class CloseAfterTasksTests
{
    [Fact, Trait("Behaviour", "B43")]
    public async Task LeavingAPage_WaitsForItsTasks_AndThenLeavesOnce()
    {
        await using var circuit = await Circuit.OpenAsync();
        var shell = circuit.Show<Shell>();
        int left = 0;
        circuit.Navigation.LocationChanged += (_, _) => left++;
        var cleanUp = new TaskCompletionSource();
        BackgroundTask task = await circuit.InvokeAsync(() => shell.FindComponent<AskingPage>().Instance.Tasks.Run(async task =>
        {
            try
            {
                await ForeverAsync(task);
            }
            finally
            {
                await cleanUp.Task;
            }
        }));

        await GoAsync(circuit, "other");
        await GoAsync(circuit, "other");
        await ReachesAsync(circuit, () => task.State == BackgroundTaskState.Canceling);
        Assert.Equal((circuit.Navigation.BaseUri, 0), (circuit.Navigation.Uri, left));

        cleanUp.SetResult();
        await ReachesAsync(circuit, () => left > 0);
        Assert.Equal((1, $"{circuit.Navigation.BaseUri}other"), (left, circuit.Navigation.Uri));
        Assert.Equal("'AskingPage' was closed.", task.CancelReason!.Message);
        Assert.False(shell.HasComponent<AskingPage>());
    }

    [Fact, Trait("Behaviour", "B80")]
    public async Task ANoToTheQuestion_StaysAndCancelsNothing_AndAYesLeaves()
    {
        int asked = 0;
        await using var circuit = await Circuit.OpenAsync();
        var shell = circuit.Show<Shell>(p => p.Add(page => page.MayClose, async () =>
        {
            await Task.Yield();
            return ++asked > 1;
        }));
        BackgroundTask task = await circuit.InvokeAsync(() => shell.FindComponent<AskingPage>().Instance.Tasks.Run(ForeverAsync));

        await GoAsync(circuit, "other");
        await ReachesAsync(circuit, () => asked == 1);
        Assert.Equal(BackgroundTaskState.Running, task.State);
        Assert.Equal(circuit.Navigation.BaseUri, circuit.Navigation.Uri);

        // The answer before may be on its way still: until it is there, a click belongs to that question.
        await Polling.UntilAsync(async () =>
        {
            await GoAsync(circuit, "other");
            await circuit.SettleAsync();
            return asked > 1;
        });

        await ReachesAsync(circuit, () => !shell.HasComponent<AskingPage>());
        Assert.Equal((2, BackgroundTaskState.Canceled), (asked, task.State));
    }

    [Fact, Trait("Behaviour", "B80")]
    public async Task TwoClicks_AskOnce()
    {
        int asked = 0;
        var answer = new TaskCompletionSource<bool>();
        await using var circuit = await Circuit.OpenAsync();
        var shell = circuit.Show<Shell>(p => p.Add(page => page.MayClose, () =>
        {
            asked++;
            return answer.Task;
        }));

        await GoAsync(circuit, "other");
        await GoAsync(circuit, "another");
        await ReachesAsync(circuit, () => asked > 0);
        await circuit.SettleAsync();
        answer.SetResult(true);
        await ReachesAsync(circuit, () => !shell.HasComponent<AskingPage>());

        Assert.Equal(1, asked);
        Assert.Equal($"{circuit.Navigation.BaseUri}another", circuit.Navigation.Uri);
    }

    [Fact, Trait("Behaviour", "B39")]
    public async Task APageThatKeepsItsPlace_GetsANewScopeForEachAddress()
    {
        await using var circuit = await Circuit.OpenAsync();
        ItemPage page = circuit.Show<ItemShell>().FindComponent<ItemPage>().Instance;

        await GoAsync(circuit, "2");
        await ReachesAsync(circuit, () => page.Loads.Count == 2);
        await GoAsync(circuit, "3");
        await ReachesAsync(circuit, () => page.Loads.Count == 3);

        Assert.Equal([BackgroundTaskState.Canceled, BackgroundTaskState.Canceled, BackgroundTaskState.Running], page.Loads.Select(load => load.State));
        Assert.Equal("'ItemPage' was closed.", page.Loads[1].CancelReason!.Message);
    }

    [Fact, Trait("Behaviour", "B39")]
    public async Task APageThatHasKeptItsPlace_EndsItsTasksWhenItIsDisposed()
    {
        await using var circuit = await Circuit.OpenAsync();
        ItemPage page = circuit.Show<ItemShell>().FindComponent<ItemPage>().Instance;
        await GoAsync(circuit, "2");
        await ReachesAsync(circuit, () => page.Loads.Count == 2);

        await circuit.LeaveAsync();

        Assert.Equal(BackgroundTaskState.Canceled, page.Loads[1].State);
        Assert.Equal(BackgroundTaskState.Canceled, (await circuit.InvokeAsync(() => page.Tasks.Run(ForeverAsync))).State);
    }

    [Fact, Trait("Behaviour", "B95")]
    public async Task ACommandOfAPageThatKeepsItsPlace_RunsForTheNewAddress()
    {
        await using var circuit = await Circuit.OpenAsync();
        ItemPage page = circuit.Show<ItemShell>().FindComponent<ItemPage>().Instance;
        TaskCommand command = await circuit.InvokeAsync(() => new TaskCommand(page.Tasks, ForeverAsync));
        int changed = 0;
        command.CanExecuteChanged += (_, _) => changed++;

        await GoAsync(circuit, "2");
        await ReachesAsync(circuit, () => page.Loads.Count == 2);

        Assert.True(await circuit.InvokeAsync(command.CanExecute));
        await ReachesAsync(circuit, () => changed == 2);
        Assert.Same(await circuit.InvokeAsync(() => page.Tasks), command.Scope);
        BackgroundTask run = await circuit.InvokeAsync(command.ExecuteAsync);
        await circuit.LeaveAsync();
        Assert.Equal("'ItemPage' was closed.", run.CancelReason!.Message);
    }

    [Fact, Trait("Behaviour", "B43")]
    public async Task AnotherHandlersNo_AfterTheTasksHaveEnded_LeavesAPageThatTakesTasksAndIsHeldAgain()
    {
        await using var circuit = await Circuit.OpenAsync();
        int changes = 0;
        using IDisposable other = circuit.Navigation.RegisterLocationChangingHandler(context =>
        {
            if (++changes == 2)
            {
                context.PreventNavigation();
            }

            return ValueTask.CompletedTask;
        });
        var shell = circuit.Show<Shell>();
        AskingPage page = shell.FindComponent<AskingPage>().Instance;
        TaskCommand command = await circuit.InvokeAsync(() => new TaskCommand(page.Tasks, ForeverAsync));
        BackgroundTask first = await circuit.InvokeAsync(command.ExecuteAsync);

        await GoAsync(circuit, "other");
        await ReachesAsync(circuit, () => changes == 2);
        BackgroundTask second = await circuit.InvokeAsync(command.ExecuteAsync);
        await circuit.SettleAsync();
        Assert.Equal((BackgroundTaskState.Canceled, BackgroundTaskState.Running), (first.State, second.State));
        Assert.Equal((circuit.Navigation.BaseUri, command.Scope), (circuit.Navigation.Uri, await circuit.InvokeAsync(() => page.Tasks)));

        await GoAsync(circuit, "other");
        await ReachesAsync(circuit, () => !shell.HasComponent<AskingPage>());
        Assert.Equal((4, "'AskingPage' was closed."), (changes, second.CancelReason!.Message));
    }

    [Fact, Trait("Behaviour", "B80")]
    public async Task AnOpenQuestion_WhenTheCircuitCloses_DoesNotHoldItUp()
    {
        bool isAsked = false;
        var answer = new TaskCompletionSource<bool>();

        // Its time stands: nothing can wait for the end of a grace.
        await using var circuit = await Circuit.OpenAsync(clock: new FakeTimeProvider());
        circuit.Show<Shell>(p => p.Add(page => page.MayClose, () =>
        {
            isAsked = true;
            return answer.Task;
        }));
        await GoAsync(circuit, "other");
        await ReachesAsync(circuit, () => isAsked);

        await Circuit.Within(circuit.Loop.CloseAsync());

        Assert.Empty(circuit.App.CloseReport!.Survivors);
        Assert.Contains("May 'AskingPage' close?", circuit.App.CloseReport.Canceled.Select(entry => entry.Name));
    }

    private static Task GoAsync(Circuit circuit, string address) => circuit.InvokeAsync(() => circuit.Navigation.NavigateTo(address));

    // Each turn of the loop is one more chance.
    private static Task ReachesAsync(Circuit circuit, Func<bool> isReached) => Polling.UntilAsync(async () =>
    {
        await circuit.SettleAsync();
        return await circuit.InvokeAsync(isReached);
    });

    private static Task ForeverAsync(TaskContext task) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, task.CancellationToken);
}
