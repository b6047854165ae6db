using System.Runtime.CompilerServices;

namespace Fibula.Tests.Loops;

/// <summary>The runtime gives the number of a thread that has died to a new one.</summary>
public sealed class ThreadOfALoopTests
{
    private static readonly Dictionary<string, Func<UiLoop>> Loops = new()
    {
        ["TestLoop"] = StartedLoop.Create,
        ["ManualLoop"] = static () =>
        {
            var loop = new ManualLoop();
            loop.Pump();
            return loop;
        },
    };

    public static TheoryData<string> Names => [.. Loops.Keys];

    [Theory, Trait("Behaviour", "B58")]
    [MemberData(nameof(Names))]
    public void CheckAccess_OnAThreadThatIsYoungerThanTheLoops_IsFalse(string name)
    {
        UiLoop loop = null!;
        OnAThreadThatDies(() => loop = Loops[name]());
        Collector.Collect();

        int withAccess = 0;
        for (int thread = 0; thread < 64; thread++)
        {
            OnAThreadThatDies(() => withAccess += loop.CheckAccess() ? 1 : 0);
        }

        Assert.Equal(0, withAccess);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OnAThreadThatDies(Action body)
    {
        var thread = new Thread(() => body());
        thread.Start();
        thread.Join();
    }
}
