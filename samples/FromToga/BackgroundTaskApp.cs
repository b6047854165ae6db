using Fibula;

namespace FromToga;

/// <summary>The old name still works, and the compiler says what to write instead.</summary>
internal sealed class BackgroundTaskApp : UiApp
{
    protected override void Startup()
    {
        // docs: add-background-task
#pragma warning disable CS0618 // What the guide is about: 'Use Tasks.Run(...), which returns a handle.'
        AddBackgroundTask(OldHandlerAsync);
#pragma warning restore CS0618
        Tasks.Run(() => NewHandlerAsync());      // the same, and with a handle: await it, watch it, cancel it
        // docs: end
    }

    private static async Task OldHandlerAsync(UiApp app)
    {
        await Task.Yield();
        Console.WriteLine("The old handler got its app.");
        await app.RequestExitAsync();
    }

    private static async Task NewHandlerAsync()
    {
        await Task.Yield();
        Console.WriteLine("The new handler needs none.");
    }
}
