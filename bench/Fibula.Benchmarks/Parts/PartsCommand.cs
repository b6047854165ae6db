using System.Globalization;

namespace Fibula.Benchmarks;

/// <summary>The command <c>parts</c>: what each thing costs that an owned task cannot do without, added to raw tasks one by one.</summary>
internal static class PartsCommand
{
    private const int Operations = 20_000;

    public static int Run()
    {
        Print(Around(TaskPart.Raw), [.. TaskPart.All.Select(Around)], new("scope.Run, which does all of this", () => OneLoop.Measure(Operations, OwnedAsync)));
        Console.WriteLine();
        Print(PoolPart.Raw, PoolPart.All, PoolPart.Owned);
        return 0;
    }

    private static void Print(Contestant raw, IReadOnlyList<Contestant> parts, Contestant owned)
    {
        var costs = Rounds.Full.Run([raw, .. parts, owned]);
        double rawTime = costs[raw].Min(cost => cost.Nanoseconds);
        double rawBytes = costs[raw].Min(cost => cost.Bytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{raw.Name,-55} {rawTime,6:N0} ns {rawBytes,6:N0} B"));
        foreach (var part in parts.Append(owned))
        {
            double time = costs[part].Min(cost => cost.Nanoseconds) - rawTime;
            double bytes = costs[part].Min(cost => cost.Bytes) - rawBytes;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Name,-55} {time,6:+#,0;-#,0;0} ns {bytes,6:+#,0;-#,0;0} B"));
        }
    }

    private static Contestant Around(TaskPart part) => new(part.Name, () => OneLoop.Measure(Operations, async _ =>
    {
        for (int i = 0; i < Operations; i++)
        {
            await part.Start();
            part.End();
        }
    }));

    private static async Task OwnedAsync(TaskScope scope)
    {
        for (int i = 0; i < Operations; i++)
        {
            await scope.Run(Work.SuspendOnceAsync);
        }
    }
}
