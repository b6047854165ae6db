using Microsoft.AspNetCore.Components;

namespace Fibula.Blazor.TestPrograms.Pages;

/// <summary>Drops calls wherever a page can, and shows whose they are.</summary>
public sealed partial class Neighbour : ComponentBase, ITaskOwner, IDisposable
{
    [Inject]
    internal Feed Feed { get; set; } = null!;

    [Inject]
    internal TaskScope Circuit { get; set; } = null!;

    private string Current { get; set; } = "";

    private string Heard { get; set; } = "";

    public void Dispose() => Feed.Changed -= OnFeedChanged;

    protected override void OnInitialized()
    {
        Current = Name(TaskScope.Current);
        Feed.Changed += OnFeedChanged;
        _ = FirstAsync();
    }

    private static Task ForeverAsync() => new TaskCompletionSource().Task;

    private static async Task FirstAsync() => await ForeverAsync();

    private static async Task StaticAsync() => await ForeverAsync();

    private async Task HeardAsync() => await ForeverAsync();

    private async Task HeardAbroadAsync() => await InvokeAsync(ForeverAsync);

    private void Hold() => this.Tasks.Run(ForeverAsync, new TaskOptions { Name = "Hold" });

    private void RaiseFeed() => this.Tasks.Run(RaiseAsync);

    private async Task RaiseAsync()
    {
        await Task.Yield();
        Feed.Raise();
    }

    // Called in the circuit that raises it.
    private void OnFeedChanged()
    {
        _ = HeardAbroadAsync();
        _ = RefreshAsync();
    }

    private async Task RefreshAsync() => await InvokeAsync(() =>
    {
        Heard = Name(TaskScope.Current);
        _ = HeardAsync();
        _ = StaticAsync();
        StateHasChanged();
    });

    private async void AwaitWhatCloses()
    {
        TaskScope tab = Circuit.CreateChild("tab");
        BackgroundTask load = tab.Run(task => task.Delay(TimeSpan.FromHours(1)));
        _ = CloseSoonAsync(tab);
        await load;
    }

    private static async Task CloseSoonAsync(TaskScope tab)
    {
        await Task.Yield();
        await tab.CloseAsync();
    }

    private string Name(TaskScope? scope) => scope is null ? "none" : scope.Loop == Circuit.Loop ? "own" : "other";
}
