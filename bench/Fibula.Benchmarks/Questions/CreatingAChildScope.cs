namespace Fibula.Benchmarks;

/// <summary>What does a scope cost that is made, and closed again: a view that comes and goes?</summary>
internal static class CreatingAChildScope
{
    private const int Operations = 5_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        var unused = new Contestant("Fibula", () => OneLoop.Measure(Operations, OursAsync));
        var linked = new Contestant("a linked CTS", () => OneLoop.Measure(Operations, _ => LinkedAsync()));
        yield return new Comparison("a child scope that is never used", unused, linked, Goal.Times(8));

        var used = new Contestant("Fibula", () => OneLoop.Measure(Operations, OursWithATaskAsync));
        var linkedTask = new Contestant("a linked CTS and a task", () => OneLoop.Measure(Operations, _ => LinkedWithATaskAsync()));
        yield return new Comparison("a child scope with one pending task", used, linkedTask, Goal.Times(5));
    }

    public static async Task OursWithATaskAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            var view = scope.CreateChild("view");
            view.Run(Work.PendAsync);
            await view.CloseAsync();
        }
    }

    private static async Task OursAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            var view = scope.CreateChild("view");
            await view.CloseAsync();
            Done.Add();
        }
    }

    private static Task LinkedAsync()
    {
        using var app = new CancellationTokenSource();
        for (int i = 0; i < Operations; i++)
        {
            using var view = CancellationTokenSource.CreateLinkedTokenSource(app.Token);
            view.Cancel();
            Done.Add();
        }

        return Task.CompletedTask;
    }

    // As a scope does it: CancelAsync would go through the thread pool.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private static async Task LinkedWithATaskAsync()
    {
        using var app = new CancellationTokenSource();
        for (int i = 0; i < Operations; i++)
        {
            using var view = CancellationTokenSource.CreateLinkedTokenSource(app.Token);
            var pending = Work.PendAsync(view.Token);
            Cancel(view);
            await pending;
        }
    }
}
