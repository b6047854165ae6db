using Fibula.Testing;

namespace Fibula.Tests.Loops;

public sealed class PostErrorTests
{
    private readonly TestLoop _loop = StartedLoop.Create();

    [Fact]
    [Trait("Behaviour", "B55")]
    public void Post_Throws_TheNextStillRunsAndTheErrorIsAFault()
    {
        bool hasNextRun = false;
        _loop.Post(Fail);
        _loop.Post(() => hasNextRun = true);

        _loop.RunUntilIdle();

        Assert.True(hasNextRun);
        TaskFault fault = Assert.Single(_loop.UnhandledFaults);
        Assert.Equal(("Fail", "Callback 'Fail' failed: Broken."), (fault.Name, fault.Message));
        Assert.Null(fault.Task);
    }

    [Fact]
    [Trait("Behaviour", "B55")]
    public void Post_ALambdaThrows_TheFaultNamesTheMemberItIsWrittenIn()
    {
        string local = "Broken.";
        _loop.Post(() => throw new InvalidOperationException(local));
        _loop.Post(() => throw new InvalidOperationException());

        _loop.RunUntilIdle();

        Assert.All(_loop.UnhandledFaults, fault => Assert.Equal(nameof(Post_ALambdaThrows_TheFaultNamesTheMemberItIsWrittenIn), fault.Name));
    }

    [Fact]
    [Trait("Behaviour", "B55")]
    public void Post_ThrowsInAnApp_IsToldToTheAppFirst()
    {
        var loop = new TestLoop();
        var told = new List<TaskFault>();
        UiApp app = loop.UseFibula(options =>
        {
            options.Name = "editor";
            options.OnFault = fault =>
            {
                told.Add(fault);
                fault.Handled = true;
            };
        });
        app.Post(Fail);

        loop.RunUntilIdle();
        loop.End();

        Assert.Equal("editor", Assert.Single(told).ScopeName);
        Assert.Empty(loop.UnhandledFaults);
    }

    [Fact]
    [Trait("Behaviour", "B55")]
    public void AsyncVoid_UnderOurContext_Throws_IsAFault()
    {
        var scope = new TaskScope(_loop, "window");
        static async void FailLater()
        {
            await Task.Yield();
            throw new InvalidOperationException("Broken.");
        }

        scope.Run(() =>
        {
            FailLater();
            return Task.CompletedTask;
        });
        _loop.RunUntilIdle();

        Assert.Equal("Callback 'async void' failed: Broken.", Assert.Single(_loop.UnhandledFaults).Message);
    }

    private static void Fail() => throw new InvalidOperationException("Broken.");
}
