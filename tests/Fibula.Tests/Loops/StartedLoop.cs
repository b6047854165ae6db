using Fibula.Testing;

namespace Fibula.Tests.Loops;

internal static class StartedLoop
{
    /// <summary>A test loop that runs already, so that what is started on this thread begins at once.</summary>
    public static TestLoop Create()
    {
        var loop = new TestLoop();
        loop.RunUntilIdle();
        return loop;
    }
}
