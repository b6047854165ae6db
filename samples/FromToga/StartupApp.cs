using Fibula;

namespace FromToga;

/// <summary>Work started while the loop does not run yet.</summary>
internal sealed class StartupApp : UiApp
{
    // docs: startup
    protected override void Startup()
    {
        Tasks.Run(RefreshAsync);                 // queued; begins on the UI thread once Startup has returned
        Post(() => Console.WriteLine("Posted from Startup, runs second."));
        Console.WriteLine("Startup has the first word.");
    }

    private async Task RefreshAsync()
    {
        Console.WriteLine($"Refreshing; on the UI thread: {Loop!.CheckAccess()}.");
        await Task.Delay(20);
        Console.WriteLine($"Refreshed; still on the UI thread: {Loop!.CheckAccess()}.");
        await RequestExitAsync();
    }
    // docs: end
}
