using Fibula;
using FromToga;

// Each step of the story is an app of its own, run to its end on a loop of its own.
foreach (UiApp app in new UiApp[] { new SetOfTasksApp(), new StartupApp(), new OnRunningApp(), new BackgroundTaskApp() })
{
    Console.WriteLine($"-- {app.GetType().Name}");
    app.Run(new EventLoop());
    Console.WriteLine(app.CloseReport);
}
