using System.Globalization;

namespace Fibula.Benchmarks;

/// <summary>The command <c>parts</c>: what each thing costs that an owned task cannot do without, added to raw <c>async</c> one by one.</summary>
internal static class PartsCommand
{
    private const int Operations = 20_000;

    public static int Run()
    {
        var raw = Around(TaskPart.Raw);
        Contestant[] parts = [raw, .. TaskPart.All.Select(Around), new("scope.Run, which does all of this", () => OneLoop.Measure(Operations, OwnedAsync))];
        var costs = Rounds.Full.Run(parts);
        double rawTime = costs[raw].Min(cost => cost.Nanoseconds);
        double rawBytes = costs[raw].Min(cost => cost.Bytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{raw.Name,-50} {rawTime,6:N0} ns {rawBytes,6:N0} B"));
        foreach (var part in parts.Skip(1))
        {
            double time = costs[part].Min(cost => cost.Nanoseconds) - rawTime;
            double bytes = costs[part].Min(cost => cost.Bytes) - rawBytes;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Name,-50} {time,6:+#,0;-#,0;0} ns {bytes,6:+#,0;-#,0;0} B"));
        }

        return 0;
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
