using System.Runtime.InteropServices;
using Fibula.Toolkits;

namespace Fibula.Tests.Scopes.Linux;

/// <summary>
/// A loop on the calling thread that measures its turns by the processor time they take on that thread: what else the machine
/// does must not decide a test.
/// </summary>
internal sealed class TimedLoop : ToolkitLoop
{
    private const int ThreadCpuTime = 3;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly SemaphoreSlim _woken = new(0);
    private readonly List<TaskFault> _faults = [];

    public IReadOnlyList<TaskFault> Faults => _faults;

    public TimeSpan LongestTurn { get; private set; }

    public TimeSpan AllTurns { get; private set; }

    public void RunUntil(Func<bool> condition)
    {
        NotifyStarted();
        while (!condition())
        {
            if (_woken.Wait(TimeSpan.FromMilliseconds(1)))
            {
                RunOneTurn();
            }
        }
    }

    public void Reset() => (LongestTurn, AllTurns) = (TimeSpan.Zero, TimeSpan.Zero);

    protected override bool CheckAccessCore() => _thread == Environment.CurrentManagedThreadId;

    protected override void RequestTurn(bool yielding) => _woken.Release();

    protected override void OnUnhandledFault(TaskFault fault) => _faults.Add(fault);

    private void RunOneTurn()
    {
        TimeSpan before = TimeOfThisThread();

        RunTurn();

        TimeSpan turn = TimeOfThisThread() - before;
        LongestTurn = turn > LongestTurn ? turn : LongestTurn;
        AllTurns += turn;
    }

    private static TimeSpan TimeOfThisThread()
    {
        Assert.Equal(0, GetTime(ThreadCpuTime, out TimeSpec time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
