// Work that begins before the user interface and outlives it. The same program runs with and without windows.
using Fibula;

Print("before the root");

// docs: root
// Its tasks run on the thread pool, need no UI thread, and are listed, awaited and reported like all others.
UiApp root = new ServerLoop().UseFibula(options => options.Name = "sync");
BackgroundTask index = root.Tasks.Run(BuildIndexAsync);

if (!args.Contains("--plain"))
{
    // Each user interface is joined to the root: it is canceled with it, and its end leaves the root's tasks alone.
    int exitCode = new MainWindowApp(owner: root.Tasks).Run(new EventLoop());
    Console.WriteLine($"The window has closed with {exitCode}.");
}

await index;
CloseReport report = await root.Tasks.CloseAsync("The program ends.");
// docs: end

Console.WriteLine(report.LostCount == 0 ? "Nothing was lost." : report.ToString());
Print("after the root");

static async Task BuildIndexAsync(TaskContext task)
{
    Print("in the root's task");
    await task.Delay(TimeSpan.FromMilliseconds(200));
    Console.WriteLine("The index is ready.");
}

static void Print(string where) => Console.WriteLine($"{where}: {UiApp.Current?.Tasks.Name ?? "no app"}");

internal sealed class MainWindowApp(TaskScope owner) : UiApp("window", owner)
{
    protected override void Startup() => Print("on the UI thread");

    protected override async Task OnRunningAsync()
    {
        var thread = new Thread(() => Print("on a thread of no app"));
        thread.Start();
        thread.Join();
        await Tasks.RunOnThreadPool(() => Print("in work on the thread pool"));
        Exit();
    }

    private static void Print(string where) => Console.WriteLine($"{where}: {Current?.Tasks.Name ?? "no app"}");
}
