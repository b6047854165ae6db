using Fibula.Diagnostics;
using Fibula.Testing;
using Fibula.Toolkits;

namespace Fibula.StressTests.Fuzz;

/// <summary>What there is when an episode begins: of every type that calls need one object.</summary>
internal static class Props
{
    public static UiApp Put(World world, UiLoop loop, Random random)
    {
        using var player = new Player(world, new Random(random.Next()));
        UiApp app = loop.UseFibula(options =>
        {
            world.Add(options);
            options.Name = "main";
            options.OnRunning = () => player.NewCallback().Run<Task>();
            options.OnExit = Make<Func<ExitCause, Task<bool>>>(player);
            options.OnAsk = Make<Func<CloseQuestion, Task<CloseAnswer>>>(player);
            options.OnFault = world.Add;
        });
        world.Add(loop);
        world.Add(loop.Context);
        world.Add(app);
        world.Add(app.Tasks);
        Array.ForEach<object>([loop, app, app.Tasks], main => world.Main.Add(main));
        PutScopes(world, app);
        PutTasks(world, app);
        PutCommands(world, player, app);
        PutViews(world, app);
        return app;
    }

    private static T Make<T>(Player player)
        where T : Delegate =>
        (T)Values.Call(player, typeof(T), mayThrow: true);

    private static void PutScopes(World world, UiApp app)
    {
        TaskScope window = app.Tasks.CreateChild("window");
        world.Add(window);
        world.Add(window.CreateChild("view"));
        world.Add(window.Snapshot());
        world.Add(new TaskBoard(app.Tasks));
        world.Add(new TaskLimit(2));
        world.Add(new ObservableValue<int>(1));
        world.Add(new ObservableValue<string>("key"));
        Array.ForEach([ClosePolicy.Ask, ClosePolicy.Cancel, ClosePolicy.Abandon, ClosePolicy.Finish(TimeSpan.FromSeconds(1))], world.Add);
        foreach (LoopPromise promise in LoopConformance.Promises.Take(3))
        {
            world.Add(promise);
        }
    }

    private static void PutTasks(World world, UiApp app)
    {
        BackgroundTask main = app.Tasks.Run(async task =>
        {
            world.Add(task);
            world.Add(task.SwitchToUiAsync());
            Array.ForEach(task.SplitProgress(1, 2), world.Add);
            world.Add(task.AsProgress<int>(static _ => { }));
            world.Add(task.AsProgress<string>(static _ => { }));
            BackgroundTask group = task.RunGroupAsync(async group =>
            {
                world.Add(group);
                await world.Released;
            });
            world.Add(group);
            await world.Released;
        });
        world.Add(main);
        world.Add(new TaskProgressView(main));
        world.Add(main.GetAwaiter());
        world.Add(main.ConfigureAwait(true));
        PutResults(world, app.Tasks.Run(() => Task.FromResult(1)));
        PutResults(world, app.Tasks.Run(() => Task.FromResult("text")));
        PutEnds(world, app);
    }

    private static void PutResults<T>(World world, BackgroundTask<T> task)
    {
        world.Add(task);
        world.Add(task.GetAwaiter());
        world.Add(task.ConfigureAwait(false));
    }

    private static void PutEnds(World world, UiApp app)
    {
        BackgroundTask canceled = app.Tasks.Run(task => task.Delay(TimeSpan.FromHours(1)));
        canceled.Cancel();
        world.Add(canceled);
        world.Add(canceled.CancelReason);
        world.Add(new BackgroundTaskCanceledException("canceled", canceled.CancelReason!));
        world.Add(app.Tasks.Run(() => Task.FromException(new FuzzException("a fault"))));
        TaskScope asked = app.Tasks.CreateChild("asked");
        world.Add(asked.Run(() => world.Released, new TaskOptions { OnClose = ClosePolicy.Ask }));
        app.Post(() => asked.RequestCloseAsync());
        TaskScope closed = app.Tasks.CreateChild("closed");
        world.Add(closed);
        closed.Run(() => Task.CompletedTask);
        closed.CloseAsync().ContinueWith(close => world.Add(close.Result), TaskScheduler.Default);
    }

    private static void PutCommands(World world, Player player, UiApp app)
    {
        var command = new TaskCommand(app.Tasks, Make<Func<TaskContext, Task>>(player)) { Policy = CommandPolicy.Queue };
        world.Add(command);
        world.Add(command.CancelCommand);
        world.Add(new TaskCommand(app.Tasks, Make<Func<Task>>(player)) { Debounce = TimeSpan.FromMilliseconds(10), CanExecuteWhen = Make<Func<bool>>(player) });
        world.Add(new TaskCommand<int>(app.Tasks, Make<Func<int, Task>>(player)) { Policy = CommandPolicy.KeepLatest });
        world.Add(new TaskCommand<string>(app.Tasks, Make<Func<string, Task>>(player)) { Policy = CommandPolicy.Restart, Throttle = TimeSpan.FromMilliseconds(10) });
    }

    private static void PutViews(World world, UiApp app)
    {
        var window = new FuzzView("a window");
        var view = new FuzzView("a view", window);
        var scopes = new FuzzScopes((ToolkitLoop)app.Loop!);
        world.Add(window);
        world.Add(view);
        world.Add(scopes);
        world.Add(scopes.Of(view));
        world.Add(new FuzzWindow((ToolkitLoop)app.Loop!));
        world.Add(new FuzzHost());
        world.Add(new FuzzLoopWindow());
        world.Add(new FuzzLoopView());
        world.Add(new FuzzLoopPanel());
        world.Add(new FuzzLoopDialog());
        world.Add(new FuzzLoop());
        world.Add(new FuzzApp());
        world.Add(new TaskRows((_, _) => { }, _ => { }, (_, _) => { }));
    }
}
