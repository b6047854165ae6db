using Fibula;

namespace FromToga;

/// <summary>The hook for work that belongs to the running app.</summary>
internal sealed class OnRunningApp : UiApp
{
    // docs: on-running
    protected override async Task OnRunningAsync()
    {
        for (int count = 3; count > 0; count--)
        {
            Console.WriteLine($"{count} …");
            await Task.Delay(10);
        }

        await RequestExitAsync();                // OnExitAsync decides; then all tasks end; then the loop does
    }

    protected override async Task<bool> OnExitAsync(ExitCause cause)
    {
        await Task.Delay(10);
        Console.WriteLine($"May leave ({cause}).");
        return true;                             // the compiler insists: no exit is refused by a forgotten return
    }
    // docs: end
}
