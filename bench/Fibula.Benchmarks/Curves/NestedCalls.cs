namespace Fibula.Benchmarks;

/// <summary>The peer of nested tasks: async methods that await each other.</summary>
internal static class NestedCalls
{
    public static Cost Raw(int depth)
    {
        int times = Math.Max(1, 10_000 / depth);
        return OneLoop.Measure(times * depth, async _ =>
        {
            for (int i = 0; i < times; i++)
            {
                await LevelAsync(depth);
            }
        });
    }

    private static async Task LevelAsync(int depth)
    {
        await Task.Yield();
        Done.Add();
        if (depth > 1)
        {
            await LevelAsync(depth - 1);
        }
    }
}
