namespace Fibula.Benchmarks;

/// <summary>What does a task cost whose work ends before it suspends?</summary>
internal static class NeverSuspending
{
    private const int Operations = 20_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => OneLoop.Measure(Operations, OursAsync));
        var raw = new Contestant("raw async", () => OneLoop.Measure(Operations, _ => RawAsync()));
        yield return new Comparison("a task that never suspends", ours, raw, Goal.Adds(115, 250));
    }

    private static async Task OursAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            await scope.Run(EndAtOnceAsync);
        }
    }

    private static async Task RawAsync()
    {
        for (int i = 0; i < Operations; i++)
        {
            await EndAtOnceAsync();
        }
    }

#pragma warning disable CS1998 // What is asked about is an async method whose awaits have all completed.
    private static async Task EndAtOnceAsync() => Done.Add();
#pragma warning restore CS1998
}
