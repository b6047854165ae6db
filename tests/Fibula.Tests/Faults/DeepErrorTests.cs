using Fibula.Testing;
using Fibula.Tests.Loops;

namespace Fibula.Tests.Faults;

/// <summary>An error with more inner ones than a stack can hold.</summary>
public sealed class DeepErrorTests
{
    private readonly TestLoop _loop = StartedLoop.Create();
    private readonly TaskScope _scope;

    public DeepErrorTests()
    {
        _scope = new TaskScope(_loop, "window");
    }

    [Fact]
    public void Error_WithVeryManyInnerOnes_IsReportedAndOverflowsNothing()
    {
        Exception error = new IOException("Innermost.");
        for (int depth = 0; depth < 100_000; depth++)
        {
            error = depth % 2 == 0 ? new AggregateException(error) : new InvalidOperationException("Outer.", error);
        }

        BackgroundTask task = _scope.Run(() => Task.FromException(error), new TaskOptions { Name = "Load" });
        _loop.RunUntilIdle();

        Assert.Contains("with more than 200 inner exceptions in a row", Assert.Single(_loop.UnhandledFaults).ToString(), StringComparison.Ordinal);
        Assert.Contains("with more than 200 inner exceptions in a row", task.Explain(), StringComparison.Ordinal);
    }
}
