namespace Fibula.Benchmarks;

/// <summary>What does it cost that a dropped call has an owner?</summary>
internal static class OwningDroppedCalls
{
    private const int Operations = 20_000;

    public static IEnumerable<Comparison> Comparisons()
    {
        var ours = new Contestant("Fibula", () => OneLoop.Measure(Operations, _ => OursAsync()));
        var raw = new Contestant("raw dropped call", () => OneLoop.Measure(Operations, _ => RawAsync()));
        yield return new Comparison("a dropped call, owned by interception", ours, raw, Goal.Adds(100));
    }

    private static async Task OursAsync()
    {
        var page = new OwnedPage();
        for (int i = 0; i < Operations; i++)
        {
            page.DropCall();

            // What the call waits for stands in the queue before this.
            await Task.Yield();
        }

        RawPage.Count(page.Ended);
    }

    private static async Task RawAsync()
    {
        var page = new RawPage();
        for (int i = 0; i < Operations; i++)
        {
            page.DropCall();
            await Task.Yield();
        }

        RawPage.Count(page.Ended);
    }
}
