using Fibula.Testing;

namespace Fibula.Tests.Loops;

internal static class StartedLoop
{
    /// <summary>A test loop that runs already, so that what is started on this thread begins at once.</summary>
    public static TestLoop Create() => Start(new TestLoop());

    /// <summary>The same with a real clock, for work that really hops to the thread pool: no deadline may pass while it is on its way.</summary>
    public static TestLoop CreateInRealTime() => Start(new TestLoop(TimeProvider.System));

    private static TestLoop Start(TestLoop loop)
    {
        loop.RunUntilIdle();
        return loop;
    }
}
