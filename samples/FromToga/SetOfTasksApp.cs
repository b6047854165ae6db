using Fibula;

namespace FromToga;

/// <summary>The set of tasks is the scope: nobody writes it.</summary>
internal sealed class SetOfTasksApp : UiApp
{
    protected override async Task OnRunningAsync()
    {
        // docs: set-of-tasks
        Tasks.Run(SaveAsync);                    // held until it has ended; the handle may be dropped

        async Task SaveAsync(TaskContext task)
        {
            await task.Delay(TimeSpan.FromMilliseconds(20));
            Console.WriteLine("Saved.");
            await RequestExitAsync();
        }
        // docs: end

        await Task.CompletedTask;
    }
}
