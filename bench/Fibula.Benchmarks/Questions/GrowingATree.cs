namespace Fibula.Benchmarks;

/// <summary>Does a task cost more the more siblings it has, and the deeper it is nested?</summary>
internal static class GrowingATree
{
    private const double Flat = 1.5;

    public static IEnumerable<Comparison> Comparisons()
    {
        var many = new Contestant("100,000 children", () => Children(100_000));
        var few = new Contestant("1,000 children", () => Children(1_000));
        yield return new Comparison("a child of one parent task, from its start to its end", many, few, Goal.Times(Flat));

        var deep = new Contestant("1,000 levels", () => Levels(1_000));
        var shallow = new Contestant("10 levels", () => Levels(10));
        yield return new Comparison("a level of nested tasks, from its start to its end", deep, shallow, Goal.Times(Flat));
    }

    // All children are pending at the same time.
    public static Cost Children(int children)
    {
        int times = Math.Max(1, 20_000 / children);
        return OneLoop.Measure(times * children, async scope =>
        {
            for (int i = 0; i < times; i++)
            {
                await scope.Run(async task =>
                {
                    var gate = new TaskCompletionSource();
                    for (int child = 0; child < children; child++)
                    {
                        task.Run(() => Work.WaitForAsync(gate.Task));
                    }

                    gate.SetResult();
                });
            }
        });
    }

    // Each level is started by the one around it, which waits for it.
    public static Cost Levels(int depth)
    {
        int times = Math.Max(1, 10_000 / depth);
        return OneLoop.Measure(times * depth, async scope =>
        {
            for (int i = 0; i < times; i++)
            {
                await scope.Run(task => LevelAsync(task, depth));
            }
        });
    }

    // After the yield, since a thousand levels of calls do not fit on every stack.
    private static async Task LevelAsync(TaskContext task, int depth)
    {
        await Task.Yield();
        Done.Add();
        if (depth > 1)
        {
            await task.Run(child => LevelAsync(child, depth - 1));
        }
    }
}
