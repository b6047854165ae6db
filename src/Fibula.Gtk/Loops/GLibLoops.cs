using System.Runtime.CompilerServices;

namespace Fibula;

/// <summary>Finds the loop of a widget, which knows none: that of the calling UI thread. The table holds no loop.</summary>
internal static class GLibLoops
{
    private static readonly ConditionalWeakTable<GLibLoop, object> Loops = [];

    public static void Add(GLibLoop loop) => Loops.Add(loop, Loops);

    public static GLibLoop OfThisThread(string widget) =>
        Loops.Select(entry => entry.Key).FirstOrDefault(loop => !loop.HasEnded && loop.App is not null && loop.CheckAccess())
        ?? throw new InvalidOperationException(
            $"There is no app on this thread that could own tasks of '{widget}'. Call UseFibula() on the UI thread, before the first window is made.");
}
