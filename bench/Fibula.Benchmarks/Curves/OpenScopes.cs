namespace Fibula.Benchmarks;

/// <summary>Scopes that are all open at the same time, each with one pending task, from the first creation to the last close.</summary>
internal static class OpenScopes
{
    private const int Least = 5_000;

    public static Cost Ours(int scopes) => Repeat(scopes, async app =>
    {
        var views = new TaskScope[scopes];
        for (int i = 0; i < scopes; i++)
        {
            views[i] = app.CreateChild("view");
            views[i].Run(Work.PendAsync);
        }

        foreach (var view in views)
        {
            await view.CloseAsync();
        }
    });

    public static Cost Linked(int scopes) => Repeat(scopes, async _ =>
    {
        using var app = new CancellationTokenSource();
        var views = new CancellationTokenSource[scopes];
        var pending = new Task[scopes];
        for (int i = 0; i < scopes; i++)
        {
            views[i] = CancellationTokenSource.CreateLinkedTokenSource(app.Token);
            pending[i] = Work.PendAsync(views[i].Token);
        }

        for (int i = 0; i < scopes; i++)
        {
            Cancel(views[i]);
            await pending[i];
            views[i].Dispose();
        }
    });

    // As a scope does it: CancelAsync would go through the thread pool.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private static Cost Repeat(int scopes, Func<TaskScope, Task> work)
    {
        int times = Math.Max(1, Least / scopes);
        return OneLoop.Measure(times * scopes, async scope =>
        {
            for (int i = 0; i < times; i++)
            {
                await work(scope);
            }
        });
    }
}
